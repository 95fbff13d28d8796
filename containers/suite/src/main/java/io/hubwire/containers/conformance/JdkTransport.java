// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.conformance;

import io.hubwire.Hub;
import io.hubwire.testkit.ClientTransport;
import io.hubwire.testkit.ConnectRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The JDK's own WebSocket client over loopback: as little of ours as there can be at the client's end. */
public final class JdkTransport implements ClientTransport {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final SharedServer server;
    private final UnaryOperator<URI> way;
    private final Set<JdkLink> links = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Hub hub;

    JdkTransport(SharedServer server) {
        this(server, UnaryOperator.identity());
    }

    /** Another address leads to the server, as that of a proxy. */
    public JdkTransport(SharedServer server, UnaryOperator<URI> way) {
        this.server = server;
        this.way = way;
    }

    @Override
    public void start(Hub served) {
        hub = served;
    }

    /** Returns before the answer is there. */
    @Override
    public void connect(ConnectRequest request, Answer answer) {
        SharedServer.Guest guest = server.expect(hubInService(), answer);
        WebSocket.Builder handshake = CLIENT.newWebSocketBuilder().header(SharedServer.GUEST, guest.id());
        request.headers().forEach(handshake::header);
        offer(handshake, request.subprotocols());
        JdkLink link = new JdkLink(guest);
        links.add(link);
        handshake.buildAsync(uriOf(request), link).whenComplete((socket, failure) -> {
            if (failure != null) {
                links.remove(link);
                failed(failure, answer);
            }
        });
    }

    private Hub hubInService() {
        Hub served = hub;
        if (served == null) {
            throw new IllegalStateException("the transport serves no hub yet");
        }
        return served;
    }

    private static void offer(WebSocket.Builder handshake, List<String> subprotocols) {
        if (!subprotocols.isEmpty()) {
            handshake.subprotocols(
                    subprotocols.get(0),
                    subprotocols.subList(1, subprotocols.size()).toArray(String[]::new));
        }
    }

    private URI uriOf(ConnectRequest request) {
        String query =
                request.query().entrySet().stream().map(JdkTransport::encode).collect(Collectors.joining("&"));
        return way.apply(server.uri(request.path() + (query.isEmpty() ? "" : "?" + query)));
    }

    private static String encode(Map.Entry<String, String> parameter) {
        return encode(parameter.getKey()) + "=" + encode(parameter.getValue());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void failed(Throwable failure, Answer answer) {
        Throwable cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException refusal) {
            HttpHeaders headers = refusal.getResponse().headers();
            Optional<Duration> retryAfter =
                    headers.firstValue("Retry-After").map(Long::valueOf).map(Duration::ofSeconds);
            answer.refused(refusal.getResponse().statusCode(), "", retryAfter);
        } else {
            answer.failed(new IOException("the handshake failed", cause));
        }
    }

    @Override
    public void close() {
        links.forEach(JdkLink::drop);
    }
}
