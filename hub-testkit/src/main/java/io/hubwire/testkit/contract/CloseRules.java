// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How a connection ends by what either side says. {@link CutRules} has what happens when a side says nothing. */
final class CloseRules {
    private static final int ROUNDS = 30;

    private CloseRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "CLOSE-01",
                        "A close of the peer is reported once with its code and text, and answered with its code.",
                        CloseRules::closeOfThePeer),
                RuleCheck.must(
                        "CLOSE-03",
                        "A close of the hub reaches the peer with code and text, behind what was sent before; when the peer"
                                + " answers, the end is reported once, with the hub's code, and the connection ends.",
                        CloseRules::closeOfTheHub),
                RuleCheck.must(
                                "CLOSE-06",
                                "Two closes of the hub and one of the peer at the same time are reported as one end.",
                                CloseRules::closesAtTheSameTime)
                        .stochastic(),
                RuleCheck.must(
                        "CLOSE-07",
                        "The longest text of a close, 123 bytes of any characters, reaches the peer whole.",
                        CloseRules::longestText),
                RuleCheck.must(
                        "CLOSE-08",
                        "A close while a send is in flight tears no frame: the peer receives the text whole or not at all,"
                                + " and the send is completed once.",
                        CloseRules::closeDuringASend),
                RuleCheck.must(
                        "CLOSE-09",
                        "A close of the peer with a code or text that may not be on the wire ends the connection, and is"
                                + " never reported as that code.",
                        CloseRules::illegalCloses),
                RuleCheck.must(
                        "CLOSE-12",
                        "A code that may not be on the wire, such as 1006, reaches the peer as 1001.",
                        CloseRules::codesThatStayHome),
                RuleCheck.must(
                        "CLOSE-14",
                        "A close of the peer without a code is reported as 1005 or 1000.",
                        CloseRules::closeWithoutACode));
    }

    private static void closeOfThePeer(Trial trial) throws Exception {
        for (CloseReason reason :
                List.of(new CloseReason(1000, "bye"), new CloseReason(1001, ""), new CloseReason(4999, "mine ä€😀"))) {
            Link link = trial.open();
            link.peer().send(RawFrame.close(reason.code(), reason.text()));

            RawFrame answer = link.peer().receiveClose();
            trial.equal("the code of the answer", reason.code(), answer.closeCode());
            trial.awaitOneEnd(link.place());
            trial.equal("the reported end", List.of(reason), link.place().ends());
            link.peer().awaitEnd();
        }
    }

    private static void closeOfTheHub(Trial trial) throws Exception {
        Link link = trial.open();
        Sent sent = link.place().send("last words");
        trial.await("the send to complete", sent::isOver);
        trial.promptly("close", () -> link.place().close(new CloseReason(4404, "bye ä€😀")));

        trial.equal("the text before the close", "last words", link.peer().receiveText());
        RawFrame close = link.peer().receive();
        trial.equal("the opcode of the next frame", RawFrame.CLOSE, close.opcode());
        trial.equal("the code of the close frame", 4404, close.closeCode());
        trial.equal("the text of the close frame", "bye ä€😀", close.closeText());
        link.peer().answer(close);
        trial.awaitOneEnd(link.place());
        trial.equal(
                "the code of the reported end", 4404, link.place().ends().get(0).code());
        link.peer().awaitEnd();
    }

    private static void closesAtTheSameTime(Trial trial) throws Exception {
        List<Place> ended = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Link link = trial.open();
            CompletableFuture<Void> go = new CompletableFuture<>();
            CompletableFuture<Void> one = closeAfter(trial, go, link, 4410);
            CompletableFuture<Void> two = closeAfter(trial, go, link, 4411);

            go.complete(null);
            link.peer().flood("a close with 4412", 1, RawFrame.close(4412, ""));

            trial.finish("close to return", one, trial.promptly());
            trial.finish("close to return", two, trial.promptly());
            trial.await("onClosed", link.place()::isEnded);
            link.peer().close();
            int code = link.place().ends().get(0).code();
            trial.check(code >= 4410 && code <= 4412, "one of the three codes as the end", () -> "" + code);
            ended.add(link.place());
        }
        trial.awaitOneEnd(ended.get(ROUNDS - 1)); // waits for a second one, by when those before have had theirs
        for (Place place : ended) {
            trial.equal("the number of reported ends", 1, place.ends().size());
        }
    }

    private static CompletableFuture<Void> closeAfter(Trial trial, CompletableFuture<Void> go, Link link, int code) {
        return trial.apart(() -> {
            go.join();
            link.place().close(new CloseReason(code, ""));
        });
    }

    private static void longestText(Trial trial) throws Exception {
        for (String text : List.of("x".repeat(123), "ä".repeat(61) + "x", "€".repeat(41), "😀".repeat(30) + "xyz")) {
            Link link = trial.open();
            link.place().close(new CloseReason(4000, text));

            RawFrame close = link.peer().receiveClose();
            trial.equal("the code of the close frame", 4000, close.closeCode());
            trial.equal("the text of the close frame", text, close.closeText());
            link.peer().answer(close);
            trial.await("onClosed", link.place()::isEnded);
        }
    }

    private static void closeDuringASend(Trial trial) throws Exception {
        for (int round = 0; round < 5; round++) {
            String text = "aä€😀".repeat(100_000 * (round + 1) / 5);
            Link link = trial.open();
            CompletableFuture<Sent> sending = new CompletableFuture<>();
            CompletableFuture<Void> closing = trial.apart(() -> {
                sending.complete(link.place().send(text));
                link.place().close(new CloseReason(4400, "over"));
            });

            expectWholeOrNothing(trial, link, text);
            trial.finish("send and close to return", closing, trial.patience());
            Sent sent = sending.join();
            trial.await("the send to be completed", sent::isOver);
            trial.await("onClosed", link.place()::isEnded);
            trial.check(sent.completionCount() <= 1, "one completion", () -> sent.completionCount() + " completions");
            trial.equal("the number of reported ends", 1, link.place().ends().size());
        }
    }

    /** Reads to the close frame, or to an end within the text, which is then not a message. */
    private static void expectWholeOrNothing(Trial trial, Link link, String text) throws Exception {
        try {
            RawFrame first = link.peer().receive();
            if (first.opcode() == RawFrame.CLOSE) {
                link.peer().answer(first);
                return;
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(first.payload());
            RawFrame frame = first;
            while (!frame.isFinal()) {
                frame = link.peer().receive();
                if (frame.opcode() == RawFrame.CLOSE) {
                    link.peer().answer(frame);
                    return;
                }
                all.writeBytes(frame.payload());
            }
            trial.equal("the text at the peer", text, all.toString(StandardCharsets.UTF_8));
            link.peer().answer(link.peer().receiveClose());
        } catch (BrokenRule e) {
            if (e.getCause() == null) {
                throw e;
            }
            trial.log().add("peer", "was cut off, as it may be: " + e.getCause());
            link.peer().close();
        }
    }

    private static void illegalCloses(Trial trial) throws Exception {
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535}) {
            expectIllegal(trial, "a close with " + code, RawFrame.close(code, ""));
        }
        expectIllegal(trial, "a close with half a code", RawFrame.of(RawFrame.CLOSE, (byte) 3));
        byte[] notUtf8 = {0x03, (byte) 0xe8, (byte) 0xc3, (byte) 0x28};
        expectIllegal(trial, "a close with a text that is not UTF-8", RawFrame.of(RawFrame.CLOSE, notUtf8));
    }

    private static void expectIllegal(Trial trial, String what, RawFrame close) throws Exception {
        Link link = trial.open();
        link.peer().send(close);
        trial.await("onClosed after " + what, link.place()::isEnded);
        int code = link.place().ends().get(0).code();
        trial.check(
                List.of(1002, 1006, 1007).contains(code),
                what + " to be reported as a protocol error or a lost connection",
                () -> "" + code);
        link.peer().awaitEnd();
    }

    private static void codesThatStayHome(Trial trial) throws Exception {
        for (CloseReason reason :
                List.of(CloseReason.CONNECTION_LOST, CloseReason.NO_STATUS, new CloseReason(1015, ""))) {
            Link link = trial.open();
            link.place().close(reason);

            RawFrame close = link.peer().receiveClose();
            trial.equal("the code of the close frame for " + reason.code(), 1001, close.closeCode());
            link.peer().answer(close);
            trial.await("onClosed", link.place()::isEnded);
        }
    }

    private static void closeWithoutACode(Trial trial) throws Exception {
        Link link = trial.open();
        link.peer().send(RawFrame.of(RawFrame.CLOSE));

        trial.awaitOneEnd(link.place());
        int code = link.place().ends().get(0).code();
        trial.check(code == 1005 || code == 1000, "1005 or 1000 as the end", () -> "" + code);
        link.peer().awaitEnd();
    }
}
