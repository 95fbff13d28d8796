// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** What the hub sends, and how fast. */
final class OutboundRules {
    private static final int MANY = 2_000;
    private static final int STALLED = 8;

    private OutboundRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "OUT-01",
                        "Texts that the hub sends one at a time reach the peer once each and in order.",
                        OutboundRules::manyTexts),
                RuleCheck.must(
                        "OUT-02",
                        "Every send is completed once, inside the call or later, and never blocks its caller.",
                        OutboundRules::everySendCompletesOnce),
                RuleCheck.must(
                        "OUT-03",
                        "A send after the end fails: it throws or completes with a failure, and does not stay pending.",
                        OutboundRules::sendAfterTheEnd),
                RuleCheck.must(
                        "OUT-04",
                        "Texts of 64 KiB and of 1 MiB, of one to four bytes a character, reach the peer whole.",
                        OutboundRules::longTexts),
                RuleCheck.must(
                        "BP-01",
                        "A send stays pending while the peer's window is full, and completes when the peer reads again.",
                        OutboundRules::sendsWaitForThePeer),
                RuleCheck.must(
                        "BP-02",
                        "Peers that do not read do not delay the others.",
                        OutboundRules::stalledPeersDelayNobody));
    }

    private static void manyTexts(Trial trial) throws Exception {
        Link link = trial.open();
        CompletableFuture<Void> sending = trial.apart(() -> sendAll(trial, link.place(), MANY));

        for (int i = 0; i < MANY; i++) {
            trial.equal("the next text at the peer", "message " + i, link.peer().receiveText());
        }
        trial.finish("all sends to complete", sending, trial.patience());
        trial.check(link.peer().isQuietFor(trial.moment().dividedBy(5)), "no more texts at the peer", () -> "one more");
    }

    private static void sendAll(Trial trial, Place place, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Sent sent = place.send("message " + i);
            trial.await("the send of message " + i + " to complete", sent::isOver);
            trial.check(sent.isOk(), "a completed send", sent::toString);
        }
    }

    private static void everySendCompletesOnce(Trial trial) throws Exception {
        Link link = trial.open();
        List<Sent> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String text = i + " " + "x".repeat(i * 100);
            trial.promptly("send", () -> all.add(link.place().send(text)));
            Sent sent = all.get(i);
            trial.await("the send to complete", sent::isOver);
            trial.equal("the text at the peer", text, link.peer().receiveText());
        }
        link.peer().send(RawFrame.close(1000, ""));
        trial.awaitOneEnd(link.place());
        List<Integer> counts =
                all.stream().map(Sent::completionCount).distinct().toList();
        trial.equal("the numbers of completions of the sends", List.of(1), counts);
    }

    private static void sendAfterTheEnd(Trial trial) throws Exception {
        Link reset = trial.open();
        reset.peer().reset();
        trial.awaitOneEnd(reset.place());
        expectFailure(trial, reset.place().send("after the reset"));

        Link closed = trial.open();
        closed.place().close(new CloseReason(4400, "over"));
        closed.peer().answer(closed.peer().receiveClose());
        trial.awaitOneEnd(closed.place());
        expectFailure(trial, closed.place().send("after the close"));

        Link cut = trial.open();
        cut.place().abort();
        expectFailure(trial, cut.place().send("after the cut"));
    }

    private static void expectFailure(Trial trial, Sent sent) throws Exception {
        trial.await("the send after the end to fail", sent::isOver);
        trial.check(!sent.isOk(), "a failed send", sent::toString);
    }

    private static void longTexts(Trial trial) throws Exception {
        Link link = trial.open();
        for (String text : List.of("aä€😀".repeat(6_554), "x".repeat(64 << 10), "aä€😀".repeat(104_858))) {
            CompletableFuture<Void> sending = trial.apart(() -> {
                Sent sent = link.place().send(text);
                trial.await("the send to complete", sent::isOver);
                trial.check(sent.isOk(), "a completed send", sent::toString);
            });
            trial.equal("the text at the peer", text, link.peer().receiveText());
            trial.finish("the send to complete", sending, trial.patience());
        }
    }

    private static void sendsWaitForThePeer(Trial trial) throws Exception {
        Link link = trial.openNarrow();
        Sent pending = trial.stall(link.place());
        boolean isSent = trial.log().await(trial.moment(), pending::isOver);
        trial.check(!isSent, "a send that is still pending", pending::toString);

        CompletableFuture<Void> reading = trial.apart(() -> readUntil(trial, link.peer(), "last"));
        trial.await("the pending send to complete when the peer reads", pending::isOver);
        trial.check(pending.isOk(), "a completed send", pending::toString);
        link.place().send("last");
        trial.finish("the peer to read everything in order", reading, trial.patience());
    }

    private static void readUntil(Trial trial, LoggedPeer peer, String last) {
        int next = 0;
        for (String text = peer.receiveText(); !text.equals(last); text = peer.receiveText()) {
            String number = text.substring(0, text.indexOf('x'));
            trial.equal("the number of the next text at the peer", Integer.toString(next), number);
            next++;
        }
    }

    private static void stalledPeersDelayNobody(Trial trial) throws Exception {
        List<Link> stalled = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            stalled.add(trial.openNarrow());
        }
        Link healthy = trial.open();
        CompletableFuture<?>[] stalling = stalled.stream()
                .map(link -> trial.apart(() -> trial.stall(link.place())))
                .toArray(CompletableFuture[]::new);
        trial.finish(
                STALLED + " peers to stall",
                CompletableFuture.allOf(stalling),
                trial.patience().multipliedBy(3));

        for (int i : IntStream.range(0, 20).toArray()) {
            trial.promptly("a round trip beside stalled peers", () -> {
                healthy.echoToHub(trial, "question " + i);
                healthy.tellPeer(trial, "answer " + i);
            });
        }
        trial.promptly("a new connection beside stalled peers", trial::open);
    }
}
