// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place in the kit's hub, and then the hub's end of a connection: counts and keeps every call of the transport.
 * Thread-safe.
 */
final class Place implements HandshakeResult.Accepted, ConnectionHandler {
    private final TrialLog log;
    private final String who;
    private final Consumer<Place> whenOpened;
    private final AtomicInteger opens = new AtomicInteger();
    private final AtomicInteger releases = new AtomicInteger();
    private final AtomicInteger pongs = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger callsTooEarly = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> texts = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<CloseReason> violations = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<CloseReason> ends = new ConcurrentLinkedQueue<>();

    @GuardedBy("this")
    private final StringBuilder message = new StringBuilder();

    private volatile @Nullable Connection connection;
    private volatile boolean isOpen;
    private volatile Runnable pause = () -> {};

    Place(TrialLog log, String who, Consumer<Place> whenOpened) {
        this.log = log;
        this.who = who;
        this.whenOpened = whenOpened;
    }

    /** Lets every call take some time. */
    Place pausing(Runnable inEachCall) {
        pause = inEachCall;
        return this;
    }

    // --- called by the transport

    @Override
    public ConnectionHandler open(Connection socket) {
        connection = socket;
        log.add(who, "open");
        whenOpened.accept(this);
        isOpen = true;
        opens.incrementAndGet();
        log.add(who, "open has returned");
        return this;
    }

    @Override
    public void release() {
        releases.incrementAndGet();
        log.add(who, "release");
    }

    @Override
    public void onText(String part, boolean last) {
        enter();
        add(part, last);
        leave("onText " + (last ? "" : "part ") + brief(part));
    }

    private synchronized void add(String part, boolean last) {
        message.append(part);
        if (last) {
            texts.add(message.toString());
            message.setLength(0);
        }
    }

    @Override
    public void onPong() {
        enter();
        pongs.incrementAndGet();
        leave("onPong");
    }

    @Override
    public void onViolation(CloseReason reason) {
        enter();
        violations.add(reason);
        leave("onViolation " + reason.code());
    }

    @Override
    public void onClosed(CloseReason reason) {
        ends.add(reason);
        log.add(who, "onClosed " + reason.code() + " '" + reason.text() + "'");
    }

    private void enter() {
        if (!isOpen) {
            callsTooEarly.incrementAndGet();
        }
        if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        pause.run();
    }

    private void leave(String what) {
        inside.decrementAndGet();
        log.add(who, what);
    }

    // --- what a rule does

    Sent send(String text) {
        Sent sent = new Sent(log, who);
        log.add(who, "send " + brief(text));
        try {
            connection().send(Frame.of(text), sent);
        } catch (RuntimeException e) {
            sent.threw(e);
        }
        return sent;
    }

    void ping() {
        log.add(who, "ping");
        connection().ping();
    }

    void close(CloseReason reason) {
        log.add(who, "close " + reason.code());
        connection().close(reason);
        log.add(who, "close " + reason.code() + " has returned");
    }

    void abort() {
        log.add(who, "abort");
        connection().abort();
        log.add(who, "abort has returned");
    }

    // --- what a rule asks

    Connection connection() {
        Connection socket = connection;
        if (socket == null) {
            throw new BrokenRule("an open connection", "none");
        }
        return socket;
    }

    List<String> texts() {
        return List.copyOf(texts);
    }

    int textCount() {
        return texts.size();
    }

    List<CloseReason> violations() {
        return List.copyOf(violations);
    }

    List<CloseReason> ends() {
        return List.copyOf(ends);
    }

    boolean isEnded() {
        return !ends.isEmpty();
    }

    int openCount() {
        return opens.get();
    }

    int releaseCount() {
        return releases.get();
    }

    int pongCount() {
        return pongs.get();
    }

    int overlapCount() {
        return overlaps.get();
    }

    int earlyCallCount() {
        return callsTooEarly.get();
    }

    static String brief(String text) {
        return text.length() <= 40
                ? "'" + text + "'"
                : "'" + text.substring(0, 20) + "…' of " + text.length() + " chars";
    }

    @Override
    public String toString() {
        return who;
    }
}
