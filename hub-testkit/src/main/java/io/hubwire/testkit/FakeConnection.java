// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubRuntime.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket in memory, as strict as the strictest container.
 *
 * <p>One send is in flight at a time: a second one throws, and fails the test too. A send is complete when the socket's
 * buffer took the frame, not when the client read it; a client that does not read lets the buffer fill up. A close
 * frame queues behind that; whoever does not read never sees it. Each direction keeps its order.
 *
 * <p>Thread-safe, because applications send from threads of their own; what arrives at either end arrives as a task of
 * the {@link TestRuntime}. No lock is held over a call to either end.
 */
final class FakeConnection implements Connection {
    /** The client's end. */
    interface Peer {
        void onText(String text);

        /** Says whether it answers. */
        boolean onPing();

        /** The connection is gone; called once. */
        void onClosed(CloseReason reason);
    }

    private static final class Sending {
        final Frame frame;
        final SendCallback done;
        boolean isTaken;

        Sending(Frame frame, SendCallback done) {
            this.frame = frame;
            this.done = done;
        }
    }

    private final TestRuntime runtime;
    private final String name;
    private final Peer peer;
    private final SendCompletion completion;
    private final Random mix;

    @GuardedBy("this")
    private final SocketBuffer buffer;

    @GuardedBy("this")
    private final List<Consumer<ConnectionHandler>> early = new ArrayList<>();

    @GuardedBy("this")
    private @Nullable ConnectionHandler hub;

    @GuardedBy("this")
    private @Nullable Sending inFlight;

    @GuardedBy("this")
    private @Nullable CloseReason closing;

    @GuardedBy("this")
    private boolean isReading = true;

    @GuardedBy("this")
    private boolean isDelivering;

    @GuardedBy("this")
    private boolean isVanished;

    @GuardedBy("this")
    private boolean isGone;

    @GuardedBy("this")
    private boolean failsNextSend;

    FakeConnection(TestRuntime runtime, String name, Peer peer, SendCompletion completion, int bufferBytes) {
        this.runtime = runtime;
        this.name = name;
        this.peer = peer;
        this.completion = completion;
        this.mix = new Random(name.hashCode());
        this.buffer = new SocketBuffer(bufferBytes);
    }

    /** Lets the hub's end hear what happened and what will happen. */
    synchronized void attach(ConnectionHandler handler) {
        hub = handler;
        early.forEach(this::submit);
        early.clear();
    }

    // --- the hub's side

    @Override
    public void send(Frame frame, SendCallback done) {
        Sending sending = new Sending(frame, done);
        Optional<IOException> failure = begin(sending);
        if (failure.isPresent()) {
            complete(sending, failure.get());
        } else {
            transmit();
        }
    }

    @Override
    public synchronized void ping() {
        requireNothingInFlight("a ping");
        if (!isGone && closing == null) {
            buffer.add(new SocketBuffer.Ping());
            wakeReader();
        }
    }

    @Override
    public void close(CloseReason reason) {
        synchronized (this) {
            if (isGone || closing != null) {
                return;
            }
            CloseReason sent = mayBeSent(reason) ? reason : CloseReason.GOING_AWAY;
            closing = sent;
            if (inFlight == null || inFlight.isTaken) {
                buffer.add(new SocketBuffer.Close(sent));
            }
            wakeReader();
        }
    }

    /** Whether the code may be on the wire, RFC 6455 §7.4.1. */
    private static boolean mayBeSent(CloseReason reason) {
        return switch (reason.code()) {
            case 1004, 1005, 1006, 1015 -> false;
            default -> true;
        };
    }

    @Override
    public void abort() {
        end(CloseReason.CONNECTION_LOST);
    }

    // --- the client's side

    /** Passes something on to the hub, in order; lost if the connection is gone. */
    synchronized void tellHub(Consumer<ConnectionHandler> news) {
        if (!isGone && !isVanished) {
            pass(news);
        }
    }

    /** The socket is gone for both ends, without a close frame. */
    void drop() {
        end(CloseReason.CONNECTION_LOST);
    }

    /** The client says goodbye, and the container answers for the hub. */
    void closeByClient(CloseReason reason) {
        end(reason);
    }

    synchronized void vanish() {
        isVanished = true;
        isReading = false;
    }

    synchronized void stopReading() {
        isReading = false;
    }

    void resumeReading() {
        synchronized (this) {
            if (isVanished) {
                throw new IllegalStateException(name + " has vanished: it cannot read again");
            }
            isReading = true;
            wakeReader();
        }
        transmit();
    }

    synchronized void failNextSend() {
        failsNextSend = true;
    }

    // --- between the two

    private synchronized Optional<IOException> begin(Sending sending) {
        requireNothingInFlight("a second send");
        inFlight = sending;
        if (isGone || closing != null) {
            return Optional.of(new IOException("the connection of " + name + " is closed"));
        }
        if (failsNextSend) {
            failsNextSend = false;
            return Optional.of(new IOException("the test lets this send to " + name + " fail"));
        }
        return Optional.empty();
    }

    @GuardedBy("this")
    private void requireNothingInFlight(String what) {
        if (inFlight != null) {
            IllegalStateException fault = new IllegalStateException(what + " to " + name
                    + " while a send is in flight: Tomcat throws here, and other containers queue without a bound");
            runtime.blame(fault);
            throw fault;
        }
    }

    /** Moves the frame in flight into the buffer, if it fits. */
    private void transmit() {
        Sending taken;
        synchronized (this) {
            if (isGone || inFlight == null || inFlight.isTaken || !fits(inFlight.frame)) {
                return;
            }
            taken = inFlight;
            taken.isTaken = true;
            buffer.add(new SocketBuffer.Text(taken.frame.text(), taken.frame.utf8Length()));
            if (closing != null) {
                buffer.add(new SocketBuffer.Close(closing));
            }
            wakeReader();
        }
        complete(taken, null);
    }

    @GuardedBy("this")
    private boolean fits(Frame frame) {
        return buffer.hasRoomFor(frame.utf8Length(), isReading);
    }

    private void complete(Sending sending, @Nullable IOException failure) {
        if (isInline()) {
            tellCompleted(sending, failure);
        } else {
            runtime.execute(Work.WRITER, "send to " + name, () -> tellCompleted(sending, failure));
        }
    }

    private synchronized boolean isInline() {
        return completion == SendCompletion.INLINE || (completion == SendCompletion.MIXED && mix.nextBoolean());
    }

    private void tellCompleted(Sending sending, @Nullable IOException failure) {
        synchronized (this) {
            inFlight = null;
        }
        sending.done.completed(failure);
    }

    @GuardedBy("this")
    private void wakeReader() {
        if (isReading && !isDelivering && !buffer.isEmpty()) {
            isDelivering = true;
            runtime.execute(Work.WRITER, "wire to " + name, this::deliverOne);
        }
    }

    private void deliverOne() {
        Optional<SocketBuffer.Chunk> chunk;
        synchronized (this) {
            isDelivering = false;
            chunk = isReading ? buffer.take() : Optional.empty();
        }
        chunk.ifPresent(this::arrive);
        transmit();
        synchronized (this) {
            wakeReader();
        }
    }

    private void arrive(SocketBuffer.Chunk chunk) {
        if (chunk instanceof SocketBuffer.Text text) {
            peer.onText(text.text());
        } else if (chunk instanceof SocketBuffer.Close close) {
            end(close.reason());
        } else if (peer.onPing()) {
            tellHub(ConnectionHandler::onPong);
        }
    }

    /** The one end of a connection, whoever brings it about: both sides are told once, and a send in flight fails. */
    private void end(CloseReason reason) {
        Optional<Sending> lost;
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
            buffer.clear();
            lost = Optional.ofNullable(inFlight).filter(sending -> !sending.isTaken);
            pass(handler -> handler.onClosed(reason));
        }
        lost.ifPresent(sending -> complete(sending, new IOException("the connection of " + name + " is lost")));
        runtime.execute(Work.WRITER, "wire to " + name, () -> peer.onClosed(reason));
    }

    @GuardedBy("this")
    private void pass(Consumer<ConnectionHandler> news) {
        if (hub == null) {
            early.add(news);
        } else {
            submit(news);
        }
    }

    @GuardedBy("this")
    private void submit(Consumer<ConnectionHandler> news) {
        ConnectionHandler handler = Objects.requireNonNull(hub);
        runtime.execute(Work.HANDLER, "wire from " + name, () -> news.accept(handler));
    }
}
