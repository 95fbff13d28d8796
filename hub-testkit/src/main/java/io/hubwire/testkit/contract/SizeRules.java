// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.InboundLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Messages that are too large. The hub behind is a whole one, which judges sizes itself from the parts that it is given. */
final class SizeRules {
    private static final int LIMIT = 1024;
    private static final int TOO_BIG = 1009;
    private static final int EMPTY_FRAGMENTS = 300_000;
    private static final int BATCH = 1_000;
    private static final int FRAGMENTS_ALLOWED = 1_024;
    private static final long MUCH_HEAP = 8L << 20;

    private SizeRules() {}

    static List<RuleCheck> checks() {
        return List.of(
                RuleCheck.must(
                        "SIZE-01",
                        "A frame over the hub's limit never becomes an event, and the peer receives 1009, be it a byte too"
                                + " long or megabytes.",
                        SizeRules::wholeFrame),
                RuleCheck.must(
                        "SIZE-02",
                        "A text over the hub's limit in fragments never becomes an event, and the peer receives 1009.",
                        SizeRules::fragments),
                RuleCheck.must(
                        "SIZE-03",
                        "300,000 empty fragments are passed on or dropped, and not kept: the peer receives 1009, or is"
                                + " answered when it completes the text.",
                        SizeRules::emptyFragments),
                RuleCheck.should(
                        "SIZE-04",
                        "Empty fragments are passed on, so that the hub can count them: one more than it allows ends with"
                                + " 1009.",
                        SizeRules::countedFragments));
    }

    private static void wholeFrame(Trial trial) throws Exception {
        RealHub hub = limited(trial);
        expectEvent(trial, hub, eventOf(LIMIT));
        expectTooBig(trial, hub, peer -> peer.flood("an event of 1025 bytes", 1, RawFrame.text(eventOf(LIMIT + 1))));
        expectTooBig(trial, hub, peer -> peer.flood("an event of 9 MB", 1, RawFrame.text(eventOf(9_000_000))));
    }

    private static void fragments(Trial trial) throws Exception {
        RealHub hub = limited(trial);
        expectTooBig(trial, hub, peer -> peer.flood("an event in 3 fragments", 1, parts(eventOf(LIMIT + 1), 500)));
        expectTooBig(trial, hub, peer -> peer.flood("an event in 1025 fragments", 1, parts(eventOf(LIMIT + 1), 1)));
        expectTooBig(trial, hub, peer -> peer.flood("an event in 9000 fragments", 1, parts(eventOf(9_000_000), 1_000)));
    }

    private static void emptyFragments(Trial trial) throws Exception {
        limited(trial);
        try (LoggedPeer peer = trial.dial(Trial.handshake())) {
            peer.reply();
            long before = JvmResources.heapInUse();
            var sending = trial.apart(() -> {
                peer.send(RawFrame.part(RawFrame.TEXT, false, new byte[0]));
                peer.flood(EMPTY_FRAGMENTS + " empty fragments", EMPTY_FRAGMENTS / BATCH, empty(BATCH));
                peer.flood("the last", 1, RawFrame.part(RawFrame.CONTINUATION, true, new byte[0]));
            });
            RawFrame answer = peer.receive();
            trial.check(
                    answer.opcode() == RawFrame.TEXT || answer.closeCode() == TOO_BIG,
                    "a close with 1009, or the answer to an empty text",
                    answer::toString);
            trial.await("the heap to be as before", () -> JvmResources.heapInUse() < before + MUCH_HEAP);
            trial.finish("the peer to stop sending", sending, trial.patience());
        }
    }

    private static void countedFragments(Trial trial) throws Exception {
        RealHub hub = limited(trial);
        try (LoggedPeer peer = trial.dial(Trial.handshake())) {
            peer.reply();
            peer.send(RawFrame.part(RawFrame.TEXT, false, new byte[0]));
            peer.flood(FRAGMENTS_ALLOWED + " empty fragments", 1, empty(FRAGMENTS_ALLOWED));
            peer.flood("the last", 1, RawFrame.part(RawFrame.CONTINUATION, true, new byte[0]));

            RawFrame answer = peer.receive();
            trial.equal("the opcode of the answer", RawFrame.CLOSE, answer.opcode());
            trial.equal("the code of the close frame", TOO_BIG, answer.closeCode());
            trial.await("the end of the session", () -> !hub.ends().isEmpty());
        }
    }

    private static RawFrame[] empty(int count) {
        RawFrame[] frames = new RawFrame[count];
        Arrays.fill(frames, RawFrame.part(RawFrame.CONTINUATION, false, new byte[0]));
        return frames;
    }

    private interface PeerAction {
        void on(LoggedPeer peer) throws Exception;
    }

    private static RealHub limited(Trial trial) {
        return trial.realHub(builder -> builder.limits(InboundLimits.defaults().messageBytes(LIMIT)));
    }

    private static void expectEvent(Trial trial, RealHub hub, String text) throws Exception {
        try (LoggedPeer peer = trial.dial(Trial.handshake())) {
            peer.reply();
            peer.sendText(text);
            trial.await(
                    "an event of just the limit at the hub", () -> hub.events().equals(List.of("size/test")));
        }
        trial.await("the end of the session", () -> hub.ends().size() == hub.clientCount());
    }

    /** The peer sends on another thread: a server that does not read any more must still be heard. */
    private static void expectTooBig(Trial trial, RealHub hub, PeerAction action) throws Exception {
        int events = hub.events().size();
        int ends = hub.ends().size();
        CompletableFuture<Void> sending;
        try (LoggedPeer peer = trial.dial(Trial.handshake())) {
            peer.reply();
            sending = trial.apart(() -> action.on(peer));

            trial.equal(
                    "the code of the close frame", TOO_BIG, peer.receiveClose().closeCode());
            trial.await("the end of the session", () -> hub.ends().size() > ends);
            trial.equal(
                    "the code of the session's end",
                    TOO_BIG,
                    hub.ends().get(ends).code());
            trial.equal("the number of events at the hub", events, hub.events().size());
        }
        trial.finish("the peer to stop sending", sending, trial.patience());
    }

    private static String eventOf(int bytes) {
        String frame = "{\"event\":\"size/test\",\"data\":\"\"}";
        return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
    }

    private static RawFrame[] parts(String text, int size) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        int count = (all.length + size - 1) / size;
        return IntStream.range(0, count)
                .mapToObj(i -> RawFrame.part(
                        i == 0 ? RawFrame.TEXT : RawFrame.CONTINUATION,
                        i == count - 1,
                        Arrays.copyOfRange(all, i * size, Math.min(all.length, (i + 1) * size))))
                .toArray(RawFrame[]::new);
    }
}
