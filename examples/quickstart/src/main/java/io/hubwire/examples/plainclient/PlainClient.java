// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.plainclient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives messages and comes back when its connection is lost: the JDK's WebSocket, a JSON parser, and the rules of the protocol's page.
 * It leaves out what it does not need: requests and questions. Thread-safe.
 */
public final class PlainClient implements AutoCloseable {
    // region client
    private static final Set<Integer> BACK_OFF = Set.of(1001, 1005, 1006, 1011, 1012, 1013, 1014);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final Supplier<String> token;
    private final Consumer<JsonNode> application; // is told hub/hello, hub/gap and hub/left, too
    private @Nullable Connection current;
    private @Nullable String session;
    private long last;
    private int attempts;
    private boolean isClosed;

    public PlainClient(HttpClient http, URI address, Supplier<String> token, Consumer<JsonNode> application) {
        this.http = http;
        this.address = address;
        this.token = token;
        this.application = application;
        connect();
    }

    private synchronized void connect() {
        if (isClosed) {
            return;
        }
        Connection next = new Connection();
        current = next;
        var unused = http.newWebSocketBuilder()
                .subprotocols("hubwire.v1")
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(address, next)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        lost(next, 1006);
                    }
                });
    }

    private synchronized String hello() {
        ObjectNode hello = json.createObjectNode().put("event", "hub/hello");
        ObjectNode data = hello.putObject("data").put("token", token.get());
        if (session != null) {
            data.putObject("resume").put("session", session).put("seq", last);
        }
        return hello.toString();
    }

    private synchronized void read(Connection from, JsonNode frame) {
        long number = frame.path(0).asLong(); // 0: nothing in it is counted
        long before = last;
        for (JsonNode envelope : frame.isArray() ? frame : List.of(frame)) {
            String event = envelope.path("event").asText();
            if (from == current && !event.isEmpty()) { // no older connection, and not the number itself
                number = read(from, event, envelope, number);
            }
        }
        if (last > before) { // 32 messages, or a second, would do
            from.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + last + "}}");
        }
    }

    /** The number of the next counted message. */
    private long read(Connection from, String event, JsonNode envelope, long number) {
        if (event.equals("hub/hello")) {
            session = envelope.at("/data/session").asText();
            last = envelope.at("/data/seq").asLong();
            attempts = 0;
            application.accept(envelope);
            JsonNode beat = envelope.at("/data/heartbeat");
            if (beat.has("intervalMs")) {
                watch(
                        from,
                        beat.path("intervalMs").asLong(),
                        beat.path("timeoutMs").asLong());
            }
        } else if (event.equals("hub/gap")) {
            apply(
                    from,
                    envelope,
                    envelope.at("/data/from").asLong(),
                    envelope.at("/data/to").asLong());
        } else if (event.startsWith("hub/") || envelope.path("volatile").asBoolean()) {
            application.accept(envelope);
        } else {
            apply(from, envelope, number, number);
            return number + 1;
        }
        return number;
    }

    private void apply(Connection from, JsonNode envelope, long first, long end) {
        if (first > last + 1) {
            from.close(4204); // something is missing
            lost(from, 4204);
        } else if (end > last) {
            last = end;
            application.accept(envelope);
        }
    }

    /** Asks a hub that is silent, and leaves one that stays so: not every end of a connection is reported. */
    private synchronized void watch(Connection watched, long interval, long timeout) {
        long silent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - watched.heard);
        if (watched == current && silent >= interval + timeout) {
            var unused = watched.opened.thenAccept(WebSocket::abort);
            lost(watched, 1006);
        } else if (watched == current) {
            if (silent >= interval) {
                watched.send("{\"event\":\"hub/ping\"}");
            }
            long rest = (silent >= interval ? interval + timeout : interval) - silent;
            CompletableFuture.delayedExecutor(rest, TimeUnit.MILLISECONDS)
                    .execute(() -> watch(watched, interval, timeout));
        }
    }

    private synchronized void lost(Connection connection, int code) {
        boolean isQuick = code >= 4200 && code < 4400;
        boolean isPatient = (code >= 4100 && code < 4200) || (code >= 4400 && code < 4500);
        if (connection == current && (isQuick || isPatient || BACK_OFF.contains(code))) {
            current = null;
            session = code == 4301 ? null : session;
            long bound = isQuick ? 1_000 : Math.min(20_000, 500L << Math.min(attempts++, 6));
            long delay = (isPatient ? 1_000 : 0) + ThreadLocalRandom.current().nextLong(bound);
            CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS).execute(this::connect);
        }
    }

    public synchronized void send(String message) { // at most once: it has no id
        if (current != null) {
            current.send(message);
        }
    }

    @Override
    public synchronized void close() {
        if (current != null) {
            current.close(1000);
        }
        isClosed = true;
        current = null;
        session = null;
    }

    private final class Connection implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        private CompletableFuture<WebSocket> sent = opened;
        private volatile long heard = System.nanoTime();

        @Override
        public void onOpen(WebSocket socket) {
            opened.complete(socket);
            send(hello());
            socket.request(1);
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean isLast) {
            heard = System.nanoTime();
            text.append(part);
            if (isLast) {
                read(this, parsed(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer payload) {
            heard = System.nanoTime();
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            lost(this, code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            lost(this, 1006);
        }

        private synchronized void send(String message) {
            sent = sent.thenCompose(socket -> socket.sendText(message, true));
        }

        private synchronized void close(int code) {
            sent = sent.thenCompose(socket -> socket.sendClose(code, ""));
        }
    }
    // endregion

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not the protocol: " + text, e);
        }
    }
}
