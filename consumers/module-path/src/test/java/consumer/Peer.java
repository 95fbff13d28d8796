// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A client that asks one thing. */
final class Peer implements WebSocket.Listener {
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    static String ask(int port, String question) throws Exception {
        Peer peer = new Peer();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), peer)
                .get(10, TimeUnit.SECONDS);
        socket.sendText(question, true);
        return peer.answer.get(10, TimeUnit.SECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean isLast) {
        answer.complete(text.toString());
        return null;
    }
}
