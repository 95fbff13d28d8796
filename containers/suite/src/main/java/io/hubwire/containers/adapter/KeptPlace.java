// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A place in a hub, and then the hub's end of a connection: counts and keeps every call of the adapter. */
public final class KeptPlace implements HandshakeResult.Accepted, ConnectionHandler {
    private final Queue<KeptPlace> opened;
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger opens = new AtomicInteger();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private volatile Consumer<Connection> whenOpened = connection -> {};
    private volatile @Nullable Connection connection;
    private volatile @Nullable String subprotocol;

    KeptPlace(Queue<KeptPlace> opened) {
        this.opened = opened;
    }

    /** Runs inside {@link #open}. */
    public KeptPlace whenOpened(Consumer<Connection> action) {
        whenOpened = action;
        return this;
    }

    /** What the adapter is to answer. */
    public KeptPlace subprotocol(String name) {
        subprotocol = name;
        return this;
    }

    @Override
    public Optional<String> subprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    @Override
    public ConnectionHandler open(Connection socket) {
        opens.incrementAndGet();
        connection = socket;
        whenOpened.accept(socket);
        opened.add(this);
        return this;
    }

    @Override
    public void release() {
        releases.incrementAndGet();
    }

    @Override
    public void onText(String part, boolean last) {
        heard.add(last ? "text " + part : "part " + part);
    }

    @Override
    public void onPong() {
        heard.add("pong");
    }

    @Override
    public void onViolation(CloseReason reason) {
        heard.add("violation " + reason.code());
    }

    @Override
    public void onClosed(CloseReason reason) {
        ends.add(reason);
    }

    public Connection connection() {
        Connection socket = connection;
        if (socket == null) {
            throw new AssertionError("not opened");
        }
        return socket;
    }

    public int releaseCount() {
        return releases.get();
    }

    public int openCount() {
        return opens.get();
    }

    /** What was heard next: {@code text …}, {@code part …}, {@code pong} or {@code violation …}. */
    public String nextHeard() throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was heard within 10 s");
        }
        return next;
    }

    /** A whole text, put together from its parts. */
    public String nextText() throws InterruptedException {
        StringBuilder text = new StringBuilder();
        String next = nextHeard();
        while (next.startsWith("part ")) {
            text.append(next.substring(5));
            next = nextHeard();
        }
        return text.append(next.substring(5)).toString();
    }

    /** The end of the connection, as it was reported first. */
    public CloseReason nextEnd() throws InterruptedException {
        CloseReason end = ends.poll(20, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no end was reported within 20 s");
        }
        return end;
    }

    /** Ends reported after those that were taken. */
    public List<CloseReason> otherEnds() {
        return List.copyOf(ends);
    }

    /** Sends a text; the future completes as the send does, with its failure as a value. */
    public CompletableFuture<@Nullable Throwable> send(String text) {
        CompletableFuture<@Nullable Throwable> done = new CompletableFuture<>();
        connection().send(Frame.of(text), failure -> {
            if (!done.complete(failure)) {
                heard.add("completed twice");
            }
        });
        return done;
    }

    /** Sends texts one after another until one is not completed soon, since the peer does not read. */
    public CompletableFuture<@Nullable Throwable> sendUntilStalled() throws Exception {
        String text = "x".repeat(64 << 10);
        for (int i = 0; i < 10_000; i++) {
            CompletableFuture<@Nullable Throwable> done = send(text);
            try {
                done.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                return done;
            }
        }
        throw new AssertionError("the peer took everything");
    }
}
