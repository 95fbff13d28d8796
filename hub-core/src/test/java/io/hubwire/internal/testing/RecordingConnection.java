// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what the hub asks for, and completes sends inside the call or when the test says so. As strict as the strictest container:
 * a second send or a ping before the first has completed throws. For one thread.
 */
public final class RecordingConnection implements Connection {
    private final boolean isInline;
    private final List<String> sent = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<CloseReason> closes = new ArrayList<>();
    private @Nullable SendCallback inFlight;
    private @Nullable Throwable nextFailure;
    private Runnable duringNextSend = () -> {};
    private Runnable duringNextPing = () -> {};
    private int pings;
    private int aborts;

    private RecordingConnection(boolean isInline) {
        this.isInline = isInline;
    }

    /** A peer that takes everything at once. */
    public static RecordingConnection inline() {
        return new RecordingConnection(true);
    }

    /** A peer that takes a frame when {@link #completeSend} is called; one that is stalled if it never is. */
    public static RecordingConnection deferred() {
        return new RecordingConnection(false);
    }

    @Override
    public void send(Frame frame, SendCallback done) {
        requireIdle("send");
        Runnable interlude = duringNextSend;
        duringNextSend = () -> {};
        sent.add(frame.text());
        log.add("send " + frame.text());
        inFlight = done;
        interlude.run();
        throwIfTold();
        if (isInline) {
            completeSend();
        }
    }

    @Override
    public void ping() {
        requireIdle("ping");
        Runnable interlude = duringNextPing;
        duringNextPing = () -> {};
        pings++;
        log.add("ping");
        interlude.run();
        throwIfTold();
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
        log.add("close " + reason.code());
        throwIfTold();
    }

    @Override
    public void abort() {
        aborts++;
        log.add("abort");
    }

    /** The network took the frame in flight. */
    public void completeSend() {
        takeInFlight().completed(null);
    }

    /** The network took every frame that is or comes in flight. */
    public void completeAll(ManualRuntime runtime) {
        runtime.runAll();
        while (inFlight != null) {
            completeSend();
            runtime.runAll();
        }
    }

    /** The frame in flight cannot be sent. */
    public void failSend(Throwable failure) {
        takeInFlight().completed(failure);
    }

    /** What the hub waits to be told about the frame in flight, so that a test can tell it late or twice. */
    public SendCallback callback() {
        return Optional.ofNullable(inFlight).orElseThrow();
    }

    /** The next call throws, after it was remembered. */
    public void throwNext(Throwable failure) {
        nextFailure = failure;
    }

    /** Runs inside the next send, before it completes. */
    public void duringNextSend(Runnable interlude) {
        duringNextSend = interlude;
    }

    /** Runs inside the next ping, before it returns. */
    public void duringNextPing(Runnable interlude) {
        duringNextPing = interlude;
    }

    /** Whether a send has not completed. */
    public boolean isSending() {
        return inFlight != null;
    }

    /** The texts that were sent, in order. */
    public List<String> sent() {
        return sent;
    }

    /** Everything that was asked for, in order. */
    public List<String> log() {
        return log;
    }

    /** How many pings were sent. */
    public int pings() {
        return pings;
    }

    /** With what it was closed. */
    public List<CloseReason> closes() {
        return closes;
    }

    /** How often it was cut. */
    public int aborts() {
        return aborts;
    }

    private SendCallback takeInFlight() {
        SendCallback callback = callback();
        inFlight = null;
        return callback;
    }

    private void requireIdle(String what) {
        if (inFlight != null) {
            throw new IllegalStateException(what + " while a send is in flight, after " + log);
        }
    }

    private void throwIfTold() {
        Throwable failure = nextFailure;
        nextFailure = null;
        if (failure != null) {
            RecordingConnection.<RuntimeException>throwUnseen(failure);
        }
    }

    /** Throws past the compiler, as a container's code may that is not written in Java. */
    @SuppressWarnings("unchecked") // the type argument is erased
    private static <T extends Throwable> void throwUnseen(Throwable failure) throws T {
        throw (T) failure;
    }
}
