// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.protocol.CloseReason;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** What a peer sends, and how it reaches the hub. */
final class InboundRules {
    private static final int MANY = 500;
    private static final String LONG = "aä€😀".repeat(30_000);

    private InboundRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "IN-01", "Texts of a peer reach the hub once each and in order.", InboundRules::manyTexts),
                RuleCheck.must(
                        "IN-02",
                        "A text of 300,000 bytes reaches the hub whole, in one frame or in fragments that cut characters.",
                        InboundRules::longText),
                RuleCheck.must("IN-03", "An empty text reaches the hub as an empty text.", InboundRules::emptyText),
                RuleCheck.must(
                        "IN-04",
                        "A binary message is reported as a violation with 1003, and never as a text.",
                        InboundRules::binaryMessage),
                RuleCheck.must(
                        "IN-05",
                        "Control frames between the fragments of a text are handled at once and leave it whole.",
                        InboundRules::controlFramesBetweenFragments),
                RuleCheck.must(
                        "IN-06", "A ping of the peer is answered with its payload.", InboundRules::pingOfThePeer),
                RuleCheck.must(
                                "THREAD-01",
                                "Calls about one connection never overlap, except onClosed.",
                                InboundRules::noOverlap)
                        .stochastic());
    }

    private static void manyTexts(Trial trial) throws Exception {
        Link link = trial.open();
        List<String> texts =
                IntStream.range(0, MANY).mapToObj(i -> "message " + i).toList();
        for (String text : texts) {
            link.peer().sendText(text);
        }

        trial.await(MANY + " texts at the hub", () -> link.place().textCount() >= MANY);
        trial.equal("the texts at the hub", texts, link.place().texts());
    }

    private static void longText(Trial trial) throws Exception {
        Link link = trial.open();

        link.echoToHub(trial, LONG);
        link.peer().sendInParts(LONG, 997);
        trial.await("the second text at the hub", () -> link.place().textCount() == 2);
        trial.equal(
                "the text that came in fragments", LONG, link.place().texts().get(1));
    }

    private static void emptyText(Trial trial) throws Exception {
        Link link = trial.open();

        link.peer().sendText("");
        link.peer()
                .send(
                        RawFrame.part(RawFrame.TEXT, false, new byte[0]),
                        RawFrame.part(RawFrame.CONTINUATION, true, new byte[0]));
        link.peer().sendText("after");

        trial.await("three texts at the hub", () -> link.place().textCount() == 3);
        trial.equal(
                "the texts at the hub", List.of("", "", "after"), link.place().texts());
    }

    private static void binaryMessage(Trial trial) throws Exception {
        Link link = trial.open();

        link.peer().send(RawFrame.of(RawFrame.BINARY, (byte) 'a', (byte) 'b'));

        trial.await("a violation", () -> !link.place().violations().isEmpty());
        List<Integer> codes = link.place().violations().stream()
                .map(CloseReason::code)
                .distinct()
                .toList();
        trial.equal("the codes of violations", List.of(1003), codes);
        trial.equal("the texts at the hub", List.of(), link.place().texts());
    }

    private static void controlFramesBetweenFragments(Trial trial) throws Exception {
        Link link = trial.open();

        link.peer().send(RawFrame.part(RawFrame.TEXT, false, new byte[] {'a'}));
        link.peer().send(RawFrame.of(RawFrame.PING, (byte) 1), RawFrame.of(RawFrame.PONG));
        trial.equal(
                "the opcode of the answer to the ping",
                RawFrame.PONG,
                link.peer().receive().opcode());
        trial.await("the pong", () -> link.place().pongCount() == 1);
        trial.equal("the texts at the hub so far", List.of(), link.place().texts());

        link.peer().send(RawFrame.part(RawFrame.CONTINUATION, true, new byte[] {'b'}));
        trial.await("the text", () -> link.place().textCount() == 1);
        trial.equal("the text", "ab", link.place().texts().get(0));
    }

    private static void pingOfThePeer(Trial trial) throws Exception {
        Link link = trial.open();

        for (byte number = 1; number <= 3; number++) {
            link.peer().send(RawFrame.of(RawFrame.PING, number, (byte) 0xff));
            RawFrame pong = link.peer().receive();
            trial.equal("the opcode of the answer", RawFrame.PONG, pong.opcode());
            trial.equal(
                    "the payload of the answer",
                    HexFormat.of().formatHex(new byte[] {number, (byte) 0xff}),
                    HexFormat.of().formatHex(pong.payload()));
        }
    }

    private static void noOverlap(Trial trial) throws Exception {
        Link link = trial.open();
        link.place().pausing(() -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200)));
        for (int i = 0; i < MANY; i++) {
            link.peer().send(RawFrame.text("message " + i), RawFrame.of(RawFrame.PONG), RawFrame.of(RawFrame.PONG));
        }

        trial.await(MANY + " texts", () -> link.place().textCount() == MANY);
        trial.equal("the number of calls within another", 0, link.place().overlapCount());
    }
}
