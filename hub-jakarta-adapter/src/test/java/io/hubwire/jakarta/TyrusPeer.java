// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.glassfish.tyrus.client.ClientManager;

/** A well-behaved client of another make. */
final class TyrusPeer extends Endpoint implements AutoCloseable {
    private final ClientManager client = ClientManager.createClient();
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
    private final Session session;

    TyrusPeer(URI address) throws DeploymentException, IOException {
        session = client.connectToServer(
                this, ClientEndpointConfig.Builder.create().build(), address);
    }

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
        opened.addMessageHandler(String.class, texts::add);
    }

    @Override
    public void onClose(Session ended, CloseReason reason) {
        closed.complete(reason);
    }

    void send(String text) {
        session.getAsyncRemote().sendText(text);
    }

    String receive() throws InterruptedException {
        String text = texts.poll(10, TimeUnit.SECONDS);
        if (text == null) {
            throw new AssertionError("no text within 10 s");
        }
        return text;
    }

    CloseReason awaitClose() throws Exception {
        return closed.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        session.close();
        client.shutdown();
    }
}
