// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands its connections to the test. */
final class TestServer implements AutoCloseable {
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "test-server");

    TestServer() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                accepted.add(listener.accept());
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connection. */
    Socket next() throws InterruptedException, IOException {
        Socket socket = accepted.poll(10, TimeUnit.SECONDS);
        if (socket == null) {
            throw new IOException("nobody came");
        }
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        listener.close();
        thread.join(); // it may take one more, and the port is open until it is gone
        for (Socket socket : accepted) {
            socket.close();
        }
    }
}
