// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import io.hubwire.containers.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Many WebSocket clients that share one thread, so that a thousand of them cost little. They answer pings and closes; each can stop
 * reading, or read slowly.
 */
final class RawSwarm implements AutoCloseable {
    /** Told of what arrives, on the swarm's thread. */
    @FunctionalInterface
    interface Listener {
        /** A text message: what remains in the buffer, which is used again after the call. */
        void onText(SwarmClient client, ByteBuffer text);
    }

    private static final int SHARED_BYTES = 256 << 10;
    private static final long TICK_MILLIS = 5;

    private final Server server;
    private final Listener listener;
    private final Selector selector;
    private final Queue<SwarmClient> arriving = new ConcurrentLinkedQueue<>();
    private final List<SwarmClient> clients = new CopyOnWriteArrayList<>();
    private final List<SwarmClient> slow = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "swarm");
    private volatile boolean isClosed;

    RawSwarm(Server server, Listener listener) {
        this.server = server;
        this.listener = listener;
        this.selector = newSelector();
        thread.setDaemon(true);
        thread.start();
    }

    private static Selector newSelector() {
        try {
            return Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connects one more client, which reads as fast as it can. Clients are numbered from 0. */
    SwarmClient connect() throws IOException {
        return connect(0);
    }

    /** Connects so many more, and behind them others for whom little fits into the kernel while they do not read: returns those. */
    List<SwarmClient> connect(int count, int countWithSmallBuffers) throws IOException {
        for (int i = 0; i < count; i++) {
            connect();
        }
        int first = clients.size();
        for (int i = 0; i < countWithSmallBuffers; i++) {
            connect(4 << 10);
        }
        return clients.subList(first, clients.size());
    }

    private SwarmClient connect(int receiveBuffer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        if (receiveBuffer > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        }
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        channel.write(ByteBuffer.wrap(server.peer().bytes()));
        byte[] behind = readReply(channel);
        channel.configureBlocking(false);
        SwarmClient client = new SwarmClient(clients.size(), channel, behind, listener);
        clients.add(client);
        arriving.add(client);
        selector.wakeup();
        return client;
    }

    /** Reads until the reply's head is over; returns what came behind it. */
    private static byte[] readReply(SocketChannel channel) throws IOException {
        ByteBuffer reply = ByteBuffer.allocate(16 << 10);
        while (channel.read(reply) > 0) {
            String text = new String(reply.array(), 0, reply.position(), StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end >= 0 && text.startsWith("HTTP/1.1 101")) {
                return Arrays.copyOfRange(reply.array(), end + 4, reply.position());
            }
            if (end >= 0) {
                break;
            }
        }
        channel.close();
        throw new IOException(
                "refused: " + new String(reply.array(), 0, reply.position(), StandardCharsets.ISO_8859_1));
    }

    /** All clients, by their numbers. */
    List<SwarmClient> clients() {
        return clients;
    }

    /** From now on the client reads one frame at a time and then pauses. */
    void slowDown(SwarmClient client, Duration pause) {
        client.readSlowly(pause);
        slow.add(client);
    }

    private void run() {
        ByteBuffer shared = ByteBuffer.allocate(SHARED_BYTES);
        try {
            while (!isClosed) {
                selector.select(key -> ((SwarmClient) key.attachment()).read(shared), TICK_MILLIS);
                for (SwarmClient client = arriving.poll(); client != null; client = arriving.poll()) {
                    client.arrive(selector, shared);
                }
                for (SwarmClient client : slow) {
                    client.readSlow(shared);
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    /** Fails if the swarm's own thread has. */
    void requireHealthy() {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new AssertionError("the swarm failed", cause);
        }
    }

    /** Ends all connections. */
    @Override
    public void close() throws IOException, InterruptedException {
        isClosed = true;
        selector.wakeup();
        thread.join();
        for (SwarmClient client : clients) {
            client.end();
        }
        selector.close();
        requireHealthy();
    }
}
