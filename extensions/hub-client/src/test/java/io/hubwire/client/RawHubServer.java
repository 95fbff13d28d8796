// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** A {@link ModelHub} behind real sockets on the loopback address, each of which is cut after so many bytes in either direction. */
final class RawHubServer implements Closeable {
    private final ServerSocket server;
    private final ModelHub hub;
    private final IntSupplier bytesUntilCut;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean takesSubprotocol = true;
    private volatile CountDownLatch handshakes = new CountDownLatch(0);
    private final AtomicInteger cuts = new AtomicInteger();

    RawHubServer(ModelHub hub, IntSupplier bytesUntilCut) throws IOException {
        this.hub = hub;
        this.bytesUntilCut = bytesUntilCut;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** From now on the client's subprotocol is not taken. */
    RawHubServer withoutSubprotocol() {
        takesSubprotocol = false;
        return this;
    }

    /** From now on handshakes wait for {@link #releaseHandshakes()}. */
    RawHubServer holdingHandshakes() {
        handshakes = new CountDownLatch(1);
        return this;
    }

    void releaseHandshakes() {
        handshakes.countDown();
    }

    /** How many connections there are at this moment. */
    int open() {
        return open.size();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/ws");
    }

    int connections() {
        return connections.get();
    }

    int cuts() {
        return cuts.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "raw-hub");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        RawHubPeer peer = new RawHubPeer(socket, bytesUntilCut.getAsInt(), bytesUntilCut.getAsInt());
        try (socket) {
            socket.setTcpNoDelay(true);
            handshakes.await();
            peer.shakeHands(takesSubprotocol);
            String text = peer.read();
            while (text != null) {
                hub.received(peer, text);
                text = peer.read();
            }
        } catch (IOException cut) {
            cuts.incrementAndGet();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } finally {
            hub.gone(peer);
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
