// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of the hub over a real socket: the JDK's. */
final class SocketClient implements WebSocket.Listener {
    private static final String PROFILE = "hubwire.v1";
    private static final int PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static SocketClient connect(HttpClient http, int port, String token) {
        SocketClient client = new SocketClient();
        URI uri = uri(port, "?authorization=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        client.socket = http.newWebSocketBuilder().buildAsync(uri, client).join();
        return client;
    }

    /** One of the hubwire.v1 profile, with nothing in its address. */
    static SocketClient connectResuming(HttpClient http, int port) {
        SocketClient client = new SocketClient();
        client.socket = http.newWebSocketBuilder()
                .subprotocols(PROFILE)
                .buildAsync(uri(port, ""), client)
                .join();
        return client;
    }

    static int refusal(HttpClient http, int port, String query, String origin, String... subprotocols) {
        WebSocket.Builder builder = http.newWebSocketBuilder().header("Origin", origin);
        for (String subprotocol : subprotocols) {
            builder.subprotocols(subprotocol);
        }
        try {
            builder.buildAsync(uri(port, query), new SocketClient()).join().abort();
            throw new AssertionError("the handshake was accepted");
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(WebSocketHandshakeException.class);
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private static URI uri(int port, String query) {
        return URI.create("ws://127.0.0.1:" + port + "/socket" + query);
    }

    /** What the hub has chosen; empty for the classic profile. */
    String profile() {
        return socket.getSubprotocol();
    }

    void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Is gone, without a goodbye. */
    void abort() {
        socket.abort();
    }

    /** Sends, and waits for the next frame. */
    String ask(String text) {
        send(text);
        return next();
    }

    /** The next frame. */
    String next() {
        try {
            String frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within %d s", PATIENCE_SECONDS).isNotNull();
            return frame;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The code with which the connection ends. */
    int closeCode() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Frames that nobody has looked at yet. */
    int waiting() {
        return frames.size();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            frames.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        closed.completeExceptionally(error);
    }
}
