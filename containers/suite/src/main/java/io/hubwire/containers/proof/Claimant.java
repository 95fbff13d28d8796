// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import static io.hubwire.containers.OwnThread.OWN_THREAD;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A connection of the {@code hubwire.v1} profile that says hello when it is told to, reads on a thread of its own, and writes down the
 * counts that it gets.
 */
final class Claimant implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int GONE = -1;

    /**
     * What the hub said to the hello.
     *
     * @param data empty if it closed the connection instead
     * @param sentBefore how many counts were sent when the answer was read
     */
    record Answer(JsonNode data, long sentBefore) {
        boolean isMissing() {
            return data.isEmpty();
        }

        boolean isResumed() {
            return data.path("resumed").asBoolean();
        }

        String reason() {
            return data.path("reason").asText();
        }

        String client() {
            return data.get("client").asText();
        }

        String secret() {
            return data.get("session").asText();
        }

        long position() {
            return data.get("seq").asLong();
        }
    }

    private final RawPeer peer;
    private final AtomicLong sent;
    private final boolean confirms;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    @GuardedBy("this")
    private final List<Long> counts = new ArrayList<>();

    @GuardedBy("this")
    private long position;

    /**
     * An open connection.
     *
     * @param sent how many counts were sent so far
     * @param confirms whether it speaks as soon as its session is resumed, whereupon older secrets are worth nothing
     */
    Claimant(Server server, AtomicLong sent, boolean confirms) throws IOException {
        this.peer = server.peer().header("Sec-WebSocket-Protocol", "hubwire.v1").open();
        this.sent = sent;
        this.confirms = confirms;
        peer.reply();
        OWN_THREAD.execute(this::read);
    }

    private void read() {
        try {
            for (RawFrame frame = peer.receive(); ; frame = peer.receive()) {
                if (frame.opcode() == RawFrame.CLOSE) {
                    end.complete(frame.closeCode());
                    answer.complete(new Answer(JSON.createObjectNode(), sent.get()));
                    return;
                }
                if (frame.opcode() <= RawFrame.TEXT) {
                    parts.writeBytes(frame.payload());
                    takeWhole(frame.isFinal());
                }
            }
        } catch (IOException gone) {
            end.complete(GONE);
            answer.completeExceptionally(gone);
        } catch (RuntimeException broken) { // of what the hub wrote
            end.completeExceptionally(broken);
            answer.completeExceptionally(broken);
        }
    }

    /** Containers may send a long message in parts. */
    private void takeWhole(boolean isLast) throws IOException {
        if (isLast) {
            String text = parts.toString(StandardCharsets.UTF_8);
            parts.reset();
            take(JSON.readTree(text));
        }
    }

    private void take(JsonNode frame) throws IOException {
        if (frame.isArray()) {
            takeCounted(frame);
        } else if (frame.get("event").asText().equals("hub/hello")) {
            takeAnswer(new Answer(frame.get("data"), sent.get()));
        } else {
            throw new IllegalStateException("nobody asked for " + frame);
        }
    }

    private void takeAnswer(Answer given) {
        synchronized (this) {
            position = given.position();
        }
        answer.complete(given);
        if (confirms && given.isResumed()) {
            trySend(RawFrame.text("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + given.position() + "}}"));
        }
    }

    /** What the hub has said last may still be read when it takes nothing any more. */
    private void trySend(RawFrame frame) {
        try {
            peer.send(frame);
        } catch (IOException gone) {
            // the reader finds out
        }
    }

    private synchronized void takeCounted(JsonNode frame) {
        if (frame.get(0).asLong() != position + 1) {
            throw new IllegalStateException("after " + position + " came " + frame);
        }
        for (int i = 1; i < frame.size(); i++) {
            position++;
            counts.add(frame.get(i).get("data").asLong());
        }
    }

    /** Begins a session. */
    Answer hello() throws IOException {
        return say("{\"token\":\"ann\"}");
    }

    /** Claims the session of another. */
    Answer claim(Claimant other, long from) throws IOException {
        return say("{\"token\":\"ann\",\"resume\":{\"session\":\""
                + other.answer.join().secret() + "\",\"seq\":" + from + "}}");
    }

    private Answer say(String hello) throws IOException {
        peer.sendText("{\"event\":\"hub/hello\",\"data\":" + hello + "}");
        return answer.join();
    }

    /** The number of the last message that it has. */
    synchronized long position() {
        return position;
    }

    /** All counts that it has got, in order. */
    synchronized List<Long> counts() {
        return List.copyOf(counts);
    }

    /** The last of them, 0 if there is none. */
    synchronized long last() {
        return counts.isEmpty() ? 0 : counts.get(counts.size() - 1);
    }

    /**
     * The code with which the hub has closed it; 0 while it is open, -1 if it was cut.
     *
     * @throws java.util.concurrent.CompletionException if the hub has written what it must not
     */
    int closeCode() {
        return end.getNow(0);
    }

    /** Ends the session, if it still has it. */
    @Override
    public void close() throws IOException {
        try (peer) {
            trySend(RawFrame.close(1000, ""));
        }
    }
}
