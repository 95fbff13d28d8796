// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ClientLink;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the JDK's client. It cannot vanish, leave pings unanswered, break the rules of the WebSocket protocol, or be late.
 *
 * <p>It stops reading by asking for no more; what was asked for before is kept until it reads again. Thread-safe.
 */
public final class JdkLink implements ClientLink, WebSocket.Listener {
    private final SharedServer.Guest guest;
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private final CompletableFuture<Receiver> receiver = new CompletableFuture<>();

    /** Of a message that is not complete. The JDK calls one at a time. */
    private final StringBuilder parts = new StringBuilder();

    /** What has arrived and was not passed on. */
    private final Queue<Runnable> arrived = new ArrayDeque<>();

    private boolean isReading = true;

    private boolean isPassingOn;

    private boolean isOver;

    private final Queue<CompletableFuture<Void>> roundTrips = new ConcurrentLinkedQueue<>();

    /** The last thing that was sent: the JDK takes the next one when that is done. */
    private CompletableFuture<?> lastSend = socket;

    JdkLink(SharedServer.Guest guest) {
        this.guest = guest;
    }

    // --- what the JDK says

    /** Over the network an open socket may be there before the session; a test wants both. */
    @Override
    public void onOpen(WebSocket opened) {
        socket.complete(opened);
        guest.session().thenRun(() -> {
            receiver.complete(guest.answer().accepted(this));
            opened.request(1);
        });
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
        parts.append(part);
        if (isLast) {
            String text = parts.toString();
            parts.setLength(0);
            arrives(to -> to.onText(text));
        } else {
            from.request(1);
        }
        return null;
    }

    /** The JDK answers it. */
    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer payload) {
        arrives(Receiver::onPing);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        CompletableFuture<Void> oldest = roundTrips.poll();
        if (oldest != null) {
            oldest.complete(null);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String text) {
        ends(new CloseReason(code, text));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        ends(CloseReason.CONNECTION_LOST);
    }

    private void arrives(Consumer<Receiver> news) {
        enqueue(() -> {
            news.accept(receiver.join());
            socket.join().request(1);
        });
        passOn();
    }

    private void ends(CloseReason reason) {
        enqueue(() -> receiver.thenAccept(to -> to.onClosed(reason)));
        synchronized (this) {
            isOver = true;
        }
        roundTrips.forEach(waiting -> waiting.complete(null)); // behind isOver, for which one that begins now looks
        passOn();
    }

    private synchronized boolean isOver() {
        return isOver;
    }

    private synchronized void enqueue(Runnable news) {
        if (!isOver) {
            arrived.add(news);
        }
    }

    private void passOn() {
        for (Runnable news = next(); news != null; news = next()) {
            news.run();
            synchronized (this) {
                isPassingOn = false;
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        if (!isReading || isPassingOn || arrived.isEmpty()) {
            return null;
        }
        isPassingOn = true;
        return arrived.remove();
    }

    // --- what the test does

    @Override
    public void sendText(String part, boolean last) {
        send(to -> to.sendText(part, last));
    }

    @Override
    public void sendBinary(byte[] message) {
        send(to -> to.sendBinary(ByteBuffer.wrap(message), true));
    }

    @Override
    public void pong() {
        send(to -> to.sendPong(ByteBuffer.allocate(0)));
    }

    @Override
    public void sayGoodbye(CloseReason reason) {
        send(to -> to.sendClose(reason.code(), reason.text()));
    }

    /** Done when the server has answered a ping, and so has read all that was sent before; also when the connection is over. */
    public CompletionStage<Void> roundTrip() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        roundTrips.add(answered);
        if (isOver()) { // a ping behind the peer's close can be sent, but nobody answers it
            answered.complete(null);
        }
        send(to -> to.sendPing(ByteBuffer.allocate(0)).whenComplete((sent, failure) -> {
            if (failure != null) {
                answered.complete(null);
            }
        }));
        return answered;
    }

    /** In order, and without waiting; what cannot be sent any more is lost, as it is on every network. */
    private synchronized void send(Function<WebSocket, CompletableFuture<WebSocket>> message) {
        lastSend = lastSend.handle((done, failure) -> socket.join()).thenCompose(message);
    }

    @Override
    public synchronized void stopReading() {
        isReading = false;
    }

    @Override
    public void resumeReading() {
        synchronized (this) {
            isReading = true;
        }
        passOn();
    }

    @Override
    public void drop() {
        socket.thenAccept(WebSocket::abort);
        synchronized (this) {
            arrived.clear();
            isReading = true;
        }
        ends(CloseReason.CONNECTION_LOST);
    }
}
