// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.ClientHandshake;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.Peer;
import io.hubwire.testkit.contract.RawFrame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A peer in memory: the client's end of a fake connection, frame by frame. Thread-safe. */
final class FakePeer implements Peer, ClientLink.Receiver {
    private final ClientHandshake asked;
    private final Duration patience;
    private final Runnable awaitRoom;
    private final FrameReader reader = new FrameReader(this);
    private final Deque<RawFrame> inbox = new ArrayDeque<>();
    private @Nullable HttpReply reply;
    private @Nullable FakeConnection connection;
    private boolean isOver;

    FakePeer(ClientHandshake asked, Duration patience, Runnable awaitRoom) {
        this.asked = asked;
        this.patience = patience;
        this.awaitRoom = awaitRoom;
    }

    // --- the server's side

    Handshake handshake() {
        FakeHandshake handshake = new FakeHandshake();
        String[] target = asked.target().split("\\?", 2);
        handshake.path = target[0];
        for (String pair : target.length < 2 ? new String[0] : target[1].split("&")) {
            String[] parts = pair.split("=", 2);
            handshake.query.putIfAbsent(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        asked.headers().forEach(line -> handshake.headers.put(line.name(), line.value()));
        handshake
                .header("Sec-WebSocket-Protocol")
                .ifPresent(names -> handshake.subprotocols.addAll(
                        java.util.List.of(names.strip().split("\\s*,\\s*"))));
        return handshake;
    }

    synchronized void refused(HandshakeResult.Refused refused) {
        Map<String, String> headers = new TreeMap<>();
        refused.retryAfter().ifPresent(time -> headers.put("retry-after", Long.toString(time.toSeconds())));
        reply = new HttpReply(refused.status(), headers, refused.text());
        isOver = true;
        notifyAll();
    }

    /** Says whether it is still there. */
    boolean opened(FakeConnection made) {
        synchronized (this) {
            if (isOver) {
                return false;
            }
            connection = made;
            made.ignorePings(); // a raw peer answers by itself
            reply = new HttpReply(101, Map.of(), "");
            if (asked.isWindowSmall()) {
                made.stopReading();
            }
            notifyAll();
        }
        asked.behind().forEach(reader::read);
        return true;
    }

    @Override
    public void onText(String text) {
        arrive(RawFrame.text(text));
    }

    @Override
    public void onPing() {
        arrive(RawFrame.of(RawFrame.PING));
    }

    @Override
    public synchronized void onClosed(CloseReason reason) {
        if (!reason.equals(CloseReason.CONNECTION_LOST)) {
            inbox.add(RawFrame.close(reason.code(), reason.text()));
        }
        isOver = true;
        connection = null;
        notifyAll();
    }

    // --- what its frames bring about

    synchronized void arrive(RawFrame frame) {
        inbox.add(frame);
        notifyAll();
    }

    void tellHub(java.util.function.Consumer<ConnectionHandler> news) {
        connection().ifPresent(made -> made.tellHub(news));
    }

    void closeBecause(CloseReason reason) {
        connection().ifPresent(made -> made.sayGoodbye(reason));
    }

    private synchronized Optional<FakeConnection> connection() {
        return Optional.ofNullable(connection);
    }

    // --- the client's side

    @Override
    public HttpReply reply() throws IOException {
        await(() -> reply != null);
        return java.util.Objects.requireNonNull(reply);
    }

    @Override
    public Peer send(RawFrame... frames) throws IOException {
        reply();
        for (RawFrame frame : frames) {
            requireOpen();
            awaitRoom.run();
            reader.read(frame);
        }
        return this;
    }

    @Override
    public Peer sendUnmasked(RawFrame frame) throws IOException {
        requireOpen();
        closeBecause(CloseReason.PROTOCOL_ERROR);
        return this;
    }

    private synchronized void requireOpen() throws IOException {
        if (isOver) {
            throw new EOFException("the connection is over");
        }
    }

    @Override
    public RawFrame receive() throws IOException {
        connection().ifPresent(FakeConnection::resumeReading);
        await(() -> !inbox.isEmpty() || isOver);
        synchronized (this) {
            RawFrame next = inbox.poll();
            if (next == null) {
                throw new EOFException("the connection is over");
            }
            return next;
        }
    }

    @Override
    public void awaitEnd() throws IOException {
        connection().ifPresent(FakeConnection::resumeReading);
        await(() -> isOver);
    }

    @Override
    public boolean isQuietFor(Duration time) {
        return !holdsWithin(time, () -> !inbox.isEmpty() || isOver);
    }

    @Override
    public boolean isCutWithin(Duration limit) {
        return holdsWithin(limit, () -> isOver);
    }

    @Override
    public void halfClose() {
        close();
    }

    @Override
    public void reset() {
        close();
    }

    @Override
    public void close() {
        Optional<FakeConnection> dropped;
        synchronized (this) {
            isOver = true;
            dropped = connection();
            connection = null;
            notifyAll();
        }
        dropped.ifPresent(FakeConnection::drop);
    }

    private void await(BooleanSupplier condition) throws SocketTimeoutException {
        if (!holdsWithin(patience, condition)) {
            throw new SocketTimeoutException("nothing came");
        }
    }

    private synchronized boolean holdsWithin(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
