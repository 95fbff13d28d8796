// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Hub;
import io.hubwire.jakarta.OddSession.Sending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionAcceptor;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Handshake;
import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hub on a container that has no servlets and no way to refuse a handshake. */
class StandaloneConfiguratorTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private final JudgingHub hub = new JudgingHub();
    private final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "Host", List.of("127.0.0.1:8080"),
            "Upgrade", List.of("websocket"),
            "Connection", List.of("Upgrade"),
            "Sec-WebSocket-Version", List.of("13"),
            "Sec-WebSocket-Key", List.of(KEY)));
    private final URI address = URI.create("http://127.0.0.1:8080/app/ws/red%20room");

    @Test
    void the_hub_is_started_and_added_to_the_container() {
        ServerEndpointConfig config = added("/ws/{room}");

        assertThat(config.getPath()).isEqualTo("/ws/{room}");
        assertThat(config.getEndpointClass()).isEqualTo(HubSocket.class);
        assertThat(hub.startCount()).isOne();
    }

    @Test
    void a_container_that_does_not_take_it_is_told_about() {
        ServerContainer container = proxy(ServerContainer.class, (self, method, arguments) -> {
            throw new DeploymentException("too late");
        });

        assertThatThrownBy(() -> HubEndpoint.serving(hub.hub()).addTo(container))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/ws")
                .hasRootCauseMessage("too late");
        assertThat(hub.startCount()).isZero();
    }

    @Test
    void an_accepted_handshake_opens_a_socket_of_the_hub() {
        AtomicReference<Handshake> seen = new AtomicReference<>();
        AtomicInteger opened = new AtomicInteger();
        hub.judging(handshake -> {
            seen.set(handshake);
            return CompletableFuture.completedFuture(Place.that(opened::incrementAndGet));
        });

        open("/ws/{room}");

        assertThat(opened).hasValue(1);
        assertThat(seen.get().path()).isEqualTo("/app/ws/red room");
        assertThat(seen.get().pathParam("room")).contains("red room");
        assertThat(seen.get().header("HOST")).contains("127.0.0.1:8080");
    }

    @Test
    void a_refusal_closes_the_socket_with_the_code_that_says_the_same() {
        assertThat(closeAfterRefusal(401)).containsExactly("close 4001");
        assertThat(closeAfterRefusal(403)).containsExactly("close 4003");
        assertThat(closeAfterRefusal(429)).containsExactly("close 4101");
        assertThat(closeAfterRefusal(503)).containsExactly("close 4100");
        assertThat(closeAfterRefusal(418)).containsExactly("close 1008");
    }

    @Test
    void the_same_rules_hold_for_origins() {
        hub.judging(handshake -> CompletableFuture.completedFuture(Place.that(() -> {})));

        headers.put("Origin", List.of("http://127.0.0.1:8080"));
        assertThat(open("/ws/{room}").calls).doesNotContain("close 4003");
        headers.put("Origin", List.of("http://evil.example"));
        assertThat(open("/ws/{room}").calls).containsExactly("close 4003");
    }

    @Test
    void a_third_handshake_does_not_wait_behind_two_and_late_places_are_given_back() throws Exception {
        AtomicInteger released = new AtomicInteger();
        CompletableFuture<HandshakeResult> decision = new CompletableFuture<>();
        AtomicInteger asked = new AtomicInteger();
        hub.judging(handshake -> {
            asked.incrementAndGet();
            return decision;
        });
        ServerEndpointConfig config = added("/ws/{room}");
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<CompletableFuture<List<String>>> answers = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> open(config).calls, threads))
                .limit(3)
                .toList();

        for (CompletableFuture<List<String>> answer : answers) {
            assertThat(answer.get()).containsExactly("close 4100");
        }
        decision.complete(Place.givenBackTo(released::incrementAndGet));

        assertThat(asked).hasValue(3);
        assertThat(released).hasValue(3);
        threads.shutdown();
    }

    private List<String> closeAfterRefusal(int status) {
        hub.judging(handshake ->
                CompletableFuture.completedFuture(new HandshakeResult.Refused(status, Optional.empty(), "no")));
        return open("/ws/{room}").calls;
    }

    private OddSession open(String template) {
        return open(added(template));
    }

    /** As a container does it. */
    private OddSession open(ServerEndpointConfig config) {
        OddSession odd = new OddSession(Sending.COMPLETES_AT_ONCE);
        Session session = odd.session();
        config.getConfigurator().modifyHandshake(ofOneConnection(config, session), request(), response());
        new HubSocket().onOpen(session, config);
        return odd;
    }

    private static ServerEndpointConfig ofOneConnection(ServerEndpointConfig config, Session session) {
        return proxy(
                ServerEndpointConfig.class,
                (self, method, arguments) -> method.getName().equals("getUserProperties")
                        ? session.getUserProperties()
                        : method.invoke(config, arguments));
    }

    private ServerEndpointConfig added(String template) {
        AtomicReference<ServerEndpointConfig> added = new AtomicReference<>();
        ServerContainer container = proxy(ServerContainer.class, (self, method, arguments) -> {
            added.set((ServerEndpointConfig) arguments[0]);
            return null;
        });
        HubEndpoint.serving(hub.hub()).at(template).addTo(container);
        return added.get();
    }

    private HandshakeRequest request() {
        return proxy(HandshakeRequest.class, (self, method, arguments) -> switch (method.getName()) {
            case "getHeaders" -> headers;
            case "getRequestURI" -> address;
            default -> null;
        });
    }

    private static HandshakeResponse response() {
        return proxy(HandshakeResponse.class, (self, method, arguments) -> new HashMap<String, List<String>>());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calls));
    }

    /** A hub that judges handshakes, and can do nothing else but start. */
    private static final class JudgingHub implements ConnectionAcceptor {
        private final AtomicInteger starts = new AtomicInteger();
        private Function<Handshake, CompletionStage<HandshakeResult>> judge =
                handshake -> CompletableFuture.failedFuture(new IllegalStateException());

        Hub hub() {
            return proxy(Hub.class, (self, method, arguments) -> switch (method.getName()) {
                case "acceptor" -> this;
                case "start" -> {
                    starts.incrementAndGet();
                    yield null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            });
        }

        void judging(Function<Handshake, CompletionStage<HandshakeResult>> decision) {
            judge = decision;
        }

        int startCount() {
            return starts.get();
        }

        @Override
        public CompletionStage<HandshakeResult> admit(Handshake handshake) {
            return judge.apply(handshake);
        }

        @Override
        public Duration admissionTimeout() {
            return Duration.ofSeconds(10);
        }
    }

    private record Place(Runnable opened, Runnable released) implements HandshakeResult.Accepted, ConnectionHandler {
        static HandshakeResult that(Runnable opened) {
            return new Place(opened, () -> {});
        }

        static HandshakeResult givenBackTo(Runnable released) {
            return new Place(() -> {}, released);
        }

        @Override
        public ConnectionHandler open(Connection connection) {
            opened.run();
            return this;
        }

        @Override
        public void release() {
            released.run();
        }

        @Override
        public void onText(String part, boolean last) {}

        @Override
        public void onPong() {}

        @Override
        public void onViolation(CloseReason reason) {}

        @Override
        public void onClosed(CloseReason reason) {}
    }
}
