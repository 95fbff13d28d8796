// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
 * the {@link Wire}. No lock is held over a call to either end.
 */
final class FakeConnection implements Connection, ClientLink {
    private final Wire wire;
    private final String name;
    private final SendCompletion completion;
    private final BooleanSupplier mix;
    private final DelayLine toHub;
    private final DelayLine toClient;

    @GuardedBy("this")
    private final SocketBuffer buffer;

    @GuardedBy("this")
    private final List<Consumer<ConnectionHandler>> early = new ArrayList<>();

    @GuardedBy("this")
    private @Nullable ConnectionHandler hub;

    @GuardedBy("this")
    private @Nullable Receiver client;

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

    @GuardedBy("this")
    private boolean answersPings = true;

    @GuardedBy("this")
    private Duration latency;

    FakeConnection(Wire wire, String name, ConnectionTraits traits) {
        this.wire = wire;
        this.name = name;
        this.completion = traits.completion();
        this.mix = wire.mix(name);
        this.toHub = new DelayLine(wire, "wire from " + name, traits.latency());
        this.toClient = new DelayLine(wire, "wire to " + name, traits.latency());
        this.buffer = new SocketBuffer(traits.socketBuffer());
        this.latency = traits.latency();
    }

    /** Lets the client's end hear what happens; nothing may arrive before. */
    synchronized void attach(Receiver receiver) {
        client = receiver;
    }

    /** Lets the hub's end hear what happened and what will happen. */
    synchronized void attach(ConnectionHandler handler) {
        hub = handler;
        early.forEach(news -> submit(handler, news));
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
            add(new SocketBuffer.Ping());
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
            if (inFlight == null || inFlight.isDecided) {
                add(new SocketBuffer.Close(sent));
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
        end(CloseReason.CONNECTION_LOST, true);
    }

    // --- the client's side

    @Override
    public void sendText(String part, boolean last) {
        tellHub(handler -> handler.onText(part, last));
    }

    /** A container notices it and does not let it through. */
    @Override
    public void sendBinary(byte[] message) {
        violate(CloseReason.UNSUPPORTED_DATA);
    }

    @Override
    public void violate(CloseReason reason) {
        tellHub(handler -> handler.onViolation(reason));
    }

    @Override
    public void pong() {
        tellHub(ConnectionHandler::onPong);
    }

    /** The socket is gone for both ends, without a close frame. */
    @Override
    public void drop() {
        end(CloseReason.CONNECTION_LOST, false);
    }

    /** The client says goodbye, and the container answers for the hub. */
    @Override
    public void sayGoodbye(CloseReason reason) {
        end(reason, false);
    }

    @Override
    public synchronized void vanish() {
        isVanished = true;
        isReading = false;
    }

    @Override
    public synchronized void stopReading() {
        isReading = false;
    }

    @Override
    public void resumeReading() {
        synchronized (this) {
            if (isVanished) {
                throw new IllegalStateException(name + " has vanished: it cannot read again");
            }
            isReading = true;
            wakeReader();
        }
        transmit();
    }

    @Override
    public synchronized void ignorePings() {
        answersPings = false;
    }

    @Override
    public synchronized void failNextSend() {
        failsNextSend = true;
    }

    @Override
    public synchronized void latency(Duration oneWay) {
        latency = oneWay;
        toHub.delay(oneWay);
        toClient.delay(oneWay);
    }

    // --- between the two

    private synchronized Optional<IOException> begin(Sending sending) {
        requireNothingInFlight("a second send");
        inFlight = sending;
        boolean isClosed = isGone || closing != null;
        if (isClosed || failsNextSend) {
            sending.isDecided = true;
            failsNextSend = failsNextSend && isClosed;
            String what = isClosed ? "the connection of %s is closed" : "the test lets this send to %s fail";
            return Optional.of(new IOException(what.formatted(name)));
        }
        return Optional.empty();
    }

    @GuardedBy("this")
    private void requireNothingInFlight(String what) {
        if (inFlight != null) {
            IllegalStateException fault = new IllegalStateException(what + " to " + name
                    + " while a send is in flight: Tomcat throws here, and other containers queue without a bound");
            wire.blame(fault);
            throw fault;
        }
    }

    /** Moves the frame in flight into the buffer, if it fits. */
    private void transmit() {
        Sending taken;
        synchronized (this) {
            if (isGone || inFlight == null || inFlight.isDecided || !fits(inFlight.frame)) {
                return;
            }
            taken = inFlight;
            taken.isDecided = true;
            add(new SocketBuffer.Text(taken.frame.text(), taken.frame.utf8Length()));
            if (closing != null) {
                add(new SocketBuffer.Close(closing));
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
            wire.execute("send to " + name, () -> tellCompleted(sending, failure));
        }
    }

    private synchronized boolean isInline() {
        return completion == SendCompletion.INLINE || (completion == SendCompletion.MIXED && mix.getAsBoolean());
    }

    private void tellCompleted(Sending sending, @Nullable IOException failure) {
        synchronized (this) {
            inFlight = null;
        }
        sending.done.completed(failure);
    }

    @GuardedBy("this")
    private void add(SocketBuffer.Chunk chunk) {
        buffer.add(chunk, wire.nanoTime() + latency.toNanos());
    }

    @GuardedBy("this")
    private void wakeReader() {
        if (isReading && !isDelivering && !buffer.isEmpty()) {
            isDelivering = true;
            long wait = buffer.nanosUntilFirst(wire.nanoTime());
            if (wait == 0) {
                wire.execute("wire to " + name, this::deliverOne);
            } else {
                wire.later("wire to " + name + " under way", Duration.ofNanos(wait), this::deliverOne);
            }
        }
    }

    private void deliverOne() {
        Optional<SocketBuffer.Chunk> chunk;
        synchronized (this) {
            isDelivering = false;
            chunk = isReading ? buffer.take(wire.nanoTime()) : Optional.empty();
        }
        chunk.ifPresent(this::arrive);
        transmit();
        synchronized (this) {
            wakeReader();
        }
    }

    private void arrive(SocketBuffer.Chunk chunk) {
        if (chunk instanceof SocketBuffer.Text text) {
            receiver().onText(text.text());
        } else if (chunk instanceof SocketBuffer.Close close) {
            end(close.reason(), false);
        } else {
            receiver().onPing();
            answerPing();
        }
    }

    private synchronized Receiver receiver() {
        return Objects.requireNonNull(client, "nothing may arrive before the client's end is attached");
    }

    private synchronized void answerPing() {
        if (answersPings) {
            tellHub(ConnectionHandler::onPong);
        }
    }

    /** The one end of a connection, whoever brings it about: both sides are told once, and a send in flight fails. */
    private void end(CloseReason reason, boolean byHub) {
        Optional<Sending> lost;
        synchronized (this) {
            if (isGone) {
                return;
            }
            isGone = true;
            buffer.clear();
            lost = Optional.ofNullable(inFlight).filter(sending -> !sending.isDecided);
            tellHubOfEnd(reason, byHub);
        }
        lost.ifPresent(sending -> complete(sending, new IOException("the connection of " + name + " is lost")));
        tellClientOfEnd(reason, byHub);
    }

    /** Whoever ends it knows at once; what was under way to that end is lost. */
    @GuardedBy("this")
    private void tellHubOfEnd(CloseReason reason, boolean byHub) {
        if (byHub && hub != null) {
            ConnectionHandler handler = hub;
            toHub.overtake(() -> handler.onClosed(reason));
        } else {
            pass(handler -> handler.onClosed(reason));
        }
    }

    private void tellClientOfEnd(CloseReason reason, boolean byHub) {
        Runnable news = () -> receiver().onClosed(reason);
        if (byHub) {
            toClient.add(news);
        } else {
            toClient.overtake(news);
        }
    }

    /** Passes something on to the hub, in order; lost if the connection is gone. */
    synchronized void tellHub(Consumer<ConnectionHandler> news) {
        if (!isGone && !isVanished) {
            pass(news);
        }
    }

    @GuardedBy("this")
    private void pass(Consumer<ConnectionHandler> news) {
        if (hub == null) {
            early.add(news);
        } else {
            submit(hub, news);
        }
    }

    private void submit(ConnectionHandler handler, Consumer<ConnectionHandler> news) {
        toHub.add(() -> news.accept(handler));
    }
}
