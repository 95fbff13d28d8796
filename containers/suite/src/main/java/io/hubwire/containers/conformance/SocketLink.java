// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import io.hubwire.testkit.ClientTransport;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection, with a thread that reads it in order and to its end. It cannot vanish, leave pings unanswered, break the rules of the
 * WebSocket protocol, or be late, and takes it for the end if the server breaks them.
 *
 * <p>It stops reading behind the frame that is under way, and keeps that one until it reads again. Thread-safe.
 */
public final class SocketLink implements ClientLink {
    private static final int RESERVED_BITS = 0x70;

    private final RawPeer peer;
    private final Queue<CompletableFuture<Void>> roundTrips = new ConcurrentLinkedQueue<>();

    /** Held while something is sent, so that sends do not tear each other. */
    private final Object sending = new Object();

    /** Held while the receiver is called, so that calls come one at a time. */
    private final Object telling = new Object();

    /** Of a message that is not complete; null between messages. For the thread that reads. */
    private @Nullable ByteArrayOutputStream parts;

    /** Done while it reads. */
    private volatile CompletableFuture<Void> reading = CompletableFuture.completedFuture(null);

    @GuardedBy("sending")
    private boolean isWithinText;

    @GuardedBy("sending")
    private boolean hasSaidGoodbye;

    @GuardedBy("telling")
    private @Nullable Receiver receiver;

    @GuardedBy("telling")
    private boolean isOver;

    SocketLink(RawPeer peer) {
        this.peer = peer;
    }

    // --- what the server says

    /** Reads until the connection ends. */
    void open(ClientTransport.Answer answer) {
        Receiver accepted = answer.accepted(this);
        synchronized (telling) {
            receiver = accepted;
            if (isOver) { // dropped since the answer was known
                accepted.onClosed(CloseReason.CONNECTION_LOST);
            }
        }
        try {
            while (!isOver()) {
                RawFrame frame = peer.receive();
                awaitReading();
                take(frame);
            }
        } catch (IOException | RuntimeException e) { // of the latter is a frame whose length no frame can have
            awaitReading();
            ends(CloseReason.CONNECTION_LOST);
        } finally {
            closeSocket();
        }
    }

    private void awaitReading() {
        while (!reading.isDone()) {
            reading.join();
        }
    }

    private void take(RawFrame frame) throws IOException {
        if ((frame.firstByte() & RESERVED_BITS) != 0) {
            throw unexpected(frame);
        }
        switch (frame.opcode()) {
            case RawFrame.TEXT, RawFrame.CONTINUATION -> takePart(frame);
            case RawFrame.PING -> {
                send(RawFrame.of(RawFrame.PONG, frame.payload()));
                tell(Receiver::onPing);
            }
            case RawFrame.PONG -> completeOldestRoundTrip();
            case RawFrame.CLOSE -> {
                ends(new CloseReason(frame.closeCode(), frame.closeText()));
                send(RawFrame.of(RawFrame.CLOSE, frame.payload()));
            }
            default -> throw unexpected(frame);
        }
    }

    private void takePart(RawFrame frame) throws IOException {
        ByteArrayOutputStream message = parts;
        if ((message == null) != (frame.opcode() == RawFrame.TEXT)) {
            throw unexpected(frame);
        }
        message = message == null ? new ByteArrayOutputStream() : message;
        message.writeBytes(frame.payload());
        parts = message;
        if (frame.isFinal()) {
            parts = null;
            ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString(); // or throws
            tell(to -> to.onText(text));
        }
    }

    private static IOException unexpected(RawFrame frame) {
        return new IOException("the server sent an unexpected " + frame);
    }

    private void completeOldestRoundTrip() {
        CompletableFuture<Void> oldest = roundTrips.poll();
        if (oldest != null) {
            oldest.complete(null);
        }
    }

    private void tell(Consumer<Receiver> news) {
        synchronized (telling) {
            if (!isOver && receiver != null) {
                news.accept(receiver);
            }
        }
    }

    private void ends(CloseReason reason) {
        synchronized (telling) {
            Receiver told = isOver ? null : receiver;
            isOver = true;
            if (told != null) {
                told.onClosed(reason);
            }
        }
        roundTrips.forEach(waiting -> waiting.complete(null)); // behind isOver, for which one that begins now looks
    }

    private boolean isOver() {
        synchronized (telling) {
            return isOver;
        }
    }

    // --- what the test does

    @Override
    public void sendText(String part, boolean last) {
        synchronized (sending) {
            int opcode = isWithinText ? RawFrame.CONTINUATION : RawFrame.TEXT;
            isWithinText = !last;
            send(RawFrame.part(opcode, last, part.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Override
    public void sendBinary(byte[] message) {
        send(RawFrame.of(RawFrame.BINARY, message));
    }

    @Override
    public void pong() {
        send(RawFrame.of(RawFrame.PONG));
    }

    @Override
    public void sayGoodbye(CloseReason reason) {
        send(RawFrame.close(reason.code(), reason.text()));
    }

    /** Done when the server has answered a ping, and so has read all that was sent before; also when the connection is over. */
    public CompletionStage<Void> roundTrip() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        roundTrips.add(answered);
        boolean isSent = send(RawFrame.of(RawFrame.PING));
        if (!isSent || isOver()) { // a ping behind the server's close can be sent, but nobody answers it
            answered.complete(null);
        }
        return answered;
    }

    /** In order; what cannot be sent any more is lost, as it is on every network. Returns whether it was sent. */
    private boolean send(RawFrame frame) {
        synchronized (sending) {
            if (hasSaidGoodbye) {
                return false;
            }
            hasSaidGoodbye = frame.opcode() == RawFrame.CLOSE;
            try {
                peer.send(frame);
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }

    @Override
    public synchronized void stopReading() {
        if (reading.isDone()) {
            reading = new CompletableFuture<>();
        }
    }

    @Override
    public void resumeReading() {
        reading.complete(null);
    }

    @Override
    public void drop() {
        closeSocket();
        ends(CloseReason.CONNECTION_LOST);
        resumeReading(); // the thread that reads finds the end
    }

    private void closeSocket() {
        try {
            peer.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket was not closed", e);
        }
    }
}
