// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import java.util.List;

/** How a connection ends when the peer is lost, does not read, or does not answer. */
final class CutRules {
    private static final CloseReason REASON = new CloseReason(4104, "slow consumer");

    private CutRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "CLOSE-02",
                        "An end without a close frame, by reset, close or half-close, is reported once as 1006 within 5 s.",
                        CutRules::lostConnections),
                RuleCheck.must(
                        "CLOSE-04",
                        "Closing a peer that does not read, and cutting it a moment later, both return within 2 s; the send"
                                + " in flight fails, and the end is reported once, with the hub's code, 1001 or 1006.",
                        CutRules::closeOfAStalledPeer),
                RuleCheck.should(
                        "CLOSE-05",
                        "A peer that does not read is cut off within 2 s after abort, though bytes for it are still on their way.",
                        CutRules::stalledPeerIsCutOff),
                RuleCheck.must(
                        "CLOSE-10",
                        "A peer that does not answer a close is cut off within 2 s after abort, and the end is reported once.",
                        CutRules::closeWithoutAnAnswer),
                RuleCheck.must(
                        "CLOSE-11",
                        "Closing and cutting again, and after the end, throws nothing and reports nothing.",
                        CutRules::closeAgain),
                RuleCheck.must(
                        "CLOSE-13", "A reset fails the send in flight within 5 s.", CutRules::resetOfAStalledPeer),
                RuleCheck.must(
                        "CLOSE-15",
                        "Cutting a peer that reads ends its connection within 2 s, and the end is reported once.",
                        CutRules::cut));
    }

    private static void lostConnections(Trial trial) throws Exception {
        expectLost(trial, LoggedPeer::reset);
        expectLost(trial, LoggedPeer::close);
        expectLost(trial, LoggedPeer::halfClose);
        expectLost(trial, peer -> {
            peer.send(RawFrame.part(RawFrame.TEXT, false, new byte[] {'a'}));
            peer.reset();
        });
    }

    private interface PeerAction {
        void on(LoggedPeer peer) throws Exception;
    }

    private static void expectLost(Trial trial, PeerAction action) throws Exception {
        Link link = trial.open();
        action.on(link.peer());
        trial.await("onClosed within 5 s", trial.patience().dividedBy(2), link.place()::isEnded);
        trial.awaitOneEnd(link.place());
        trial.equal(
                "the code of the reported end", 1006, link.place().ends().get(0).code());
    }

    private static void closeOfAStalledPeer(Trial trial) throws Exception {
        Link link = trial.openNarrow();
        Sent pending = trial.stall(link.place());

        trial.promptly("close", () -> link.place().close(REASON));
        trial.log().await(trial.moment(), link.place()::isEnded);
        trial.promptly("abort", link.place()::abort);

        trial.await("the send in flight to be over", trial.promptly(), pending::isOver);
        trial.check(!pending.isOk(), "a failed send", pending::toString);
        trial.await("onClosed", trial.promptly(), link.place()::isEnded);
        trial.awaitOneEnd(link.place());
        int code = link.place().ends().get(0).code();
        trial.check(
                List.of(REASON.code(), 1001, 1006).contains(code), "4104, 1001 or 1006 as the end", () -> "" + code);
    }

    private static void stalledPeerIsCutOff(Trial trial) throws Exception {
        Link link = trial.openNarrow();
        trial.stall(link.place());

        link.place().close(REASON);
        trial.log().await(trial.moment(), link.place()::isEnded);
        link.place().abort();

        trial.check(link.peer().isCutWithin(trial.promptly()), "a peer that is cut off", () -> "it is still connected");
    }

    private static void closeWithoutAnAnswer(Trial trial) throws Exception {
        Link link = trial.open();
        link.place().close(CloseReason.KICKED);
        trial.equal(
                "the code of the close frame",
                CloseReason.KICKED.code(),
                link.peer().receiveClose().closeCode());
        trial.log().await(trial.moment(), link.place()::isEnded);

        trial.promptly("abort", link.place()::abort);

        trial.check(link.peer().isCutWithin(trial.promptly()), "a peer that is cut off", () -> "it is still connected");
        trial.awaitOneEnd(link.place());
    }

    private static void closeAgain(Trial trial) throws Exception {
        Link link = trial.open();
        link.place().close(REASON);
        link.place().close(CloseReason.NORMAL);
        link.peer().answer(link.peer().receiveClose());
        trial.await("onClosed", link.place()::isEnded);
        expectSilence(trial, link);

        Link reset = trial.open();
        reset.peer().reset();
        trial.await("onClosed", reset.place()::isEnded);
        expectSilence(trial, reset);
    }

    private static void expectSilence(Trial trial, Link link) throws Exception {
        trial.promptly("close after the end", () -> link.place().close(CloseReason.NORMAL));
        trial.promptly("abort after the end", link.place()::abort);
        trial.promptly("a second abort", link.place()::abort);
        trial.awaitOneEnd(link.place());
    }

    private static void resetOfAStalledPeer(Trial trial) throws Exception {
        Link link = trial.openNarrow();
        Sent pending = trial.stall(link.place());

        link.peer().reset();

        trial.await("the send in flight to be over within 5 s", trial.patience().dividedBy(2), pending::isOver);
        trial.check(!pending.isOk(), "a failed send", pending::toString);
    }

    private static void cut(Trial trial) throws Exception {
        Link link = trial.open();
        trial.promptly("abort", link.place()::abort);

        trial.check(link.peer().isCutWithin(trial.promptly()), "a peer that is cut off", () -> "it is still connected");
        trial.awaitOneEnd(link.place());
    }
}
