// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client with a real socket, and what it was told. */
public final class Customer implements WebSocket.Listener {
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    public Customer(int port, String path) {
        URI address = URI.create("ws://127.0.0.1:" + port + path);
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .join();
    }

    public void send(String text) {
        socket.sendText(text, true).join();
    }

    /** The next text, or {@code closed with} and the code. */
    public String next() throws InterruptedException {
        String told = news.poll(10, TimeUnit.SECONDS);
        assertThat(told).as("news within 10 s").isNotNull();
        return told;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        news.add(data.toString());
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String text) {
        news.add("closed with " + code);
        return null;
    }
}
