// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.AttributeKey;
import io.hubwire.ConnectionLimits;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import io.hubwire.spi.Handshake;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectTest {
    private static final AttributeKey<String> TENANT = AttributeKey.of("tenant", String.class);
    private static final EventException UNAUTHENTICATED = ErrorCode.UNAUTHENTICATED.exception();

    private final List<String> log = new ArrayList<>();

    @Test
    void by_default_everybody_may_connect() {
        try (TestHub hub = TestHub.of()) {
            TestClient somebody = hub.connectAnonymous();

            assertThat(hub).hasClients(1).hasOnlineUsers();
            assertThat(somebody.session().user()).isEmpty();
        }
    }

    @Test
    void the_application_s_own_authenticator_decides() {
        Map<String, String> users = Map.of("token-of-ann", "ann");
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake ->
                handshake.token().map(users::get).map(Admission::asUser).orElseGet(() -> Admission.refuse(401))))) {
            TestClient ann = hub.client().token("token-of-ann").connect();
            ConnectAttempt eve = hub.client().user("ann").token("forged").tryConnect();

            assertThat(eve.refusedWith()).hasValue(401);
            assertThat(eve.isAccepted()).isFalse();
            assertThat(hub).hasClients(1).hasOnlineUsers("ann");
            assertThat(ann).isConnected();
        }
    }

    @Test
    void an_authenticator_sees_the_whole_handshake() {
        List<String> seen = new ArrayList<>();
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> {
            seen.add(describe(handshake));
            return Admission.anonymous();
        }))) {
            hub.client()
                    .token("secret")
                    .header("X-Tenant", "red")
                    .query("room", "1")
                    .path("/hubs/chat")
                    .pathParam("hub", "chat")
                    .principal("duke")
                    .address("10.0.0.7")
                    .subprotocols("a", "b")
                    .unwrapsTo(42)
                    .connect();
        }

        assertThat(seen).containsExactly("secret red red 1 /hubs/chat chat duke 10.0.0.7 [a, b] 42");
    }

    @Test
    void an_admission_gives_the_client_what_it_says() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> Admission.asUser("42")
                .name("Ann")
                .roles("admin", "bidder")
                .with(TENANT, "red")
                .join("lobby", "tenant-red")))) {
            TestClient ann = hub.client().agent("Browser/1").address("10.0.0.7").connect();

            assertThat(ann.session().requireUser())
                    .hasToString(ann.session().user().orElseThrow().toString());
            assertThat(ann.session().requireUser().name()).isEqualTo("Ann");
            assertThat(ann.session().requireUser().hasRole("bidder")).isTrue();
            assertThat(ann.session().get(TENANT)).hasValue("red");
            assertThat(ann.session().groups()).containsExactly("lobby", "tenant-red");
            assertThat(ann.session().userAgent()).hasValue("Browser/1");
            assertThat(ann.session().remoteAddress()).hasValue("10.0.0.7");
            assertThat(ann.session().connectedAt()).isEqualTo(hub.now());
            assertThat(hub).hasGroup("lobby", ann.name());
        }
    }

    @Test
    void an_authenticator_that_throws_refuses_with_401() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> {
            throw new IllegalStateException("secret");
        }))) {
            assertThat(hub.client().tryConnect().refusedWith()).hasValue(401);
        }
    }

    @Test
    void an_authenticator_that_forbids_refuses_with_403() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> {
            throw ErrorCode.FORBIDDEN.exception();
        }))) {
            assertThat(hub.client().tryConnect().refusedWith()).hasValue(403);
        }
    }

    @Test
    void an_asynchronous_authenticator_may_take_its_time() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(handshake -> decision))) {
            ConnectAttempt attempt = hub.client().named("ann").tryConnect();
            assertThat(attempt.isPending()).isTrue();
            assertThat(hub).hasClients(0);

            decision.complete(Admission.asUser("ann"));
            hub.settle();

            assertThat(attempt.client()).isConnected();
            assertThat(hub).hasOnlineUsers("ann");
        }
    }

    @Test
    void an_asynchronous_authenticator_that_takes_too_long_refuses_with_503() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(handshake -> decision)
                .connections(ConnectionLimits.defaults().total(1)))) {
            ConnectAttempt attempt = hub.client().tryConnect();
            hub.advance(Duration.ofMillis(9_900));
            assertThat(attempt.isPending()).isTrue();

            hub.advance(Duration.ofMillis(200));

            assertThat(attempt.refusedWith()).hasValue(503);
            decision.complete(Admission.asUser("ann"));
            hub.settle();
            assertThat(hub).hasClients(0).hasOnlineUsers();
            assertThat(hub.client().tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void an_asynchronous_authenticator_that_fails_refuses_with_401() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(
                handshake -> CompletableFuture.failedFuture(new IllegalStateException("down"))))) {
            assertThat(hub.client().tryConnect().refusedWith()).hasValue(401);
        }
    }

    @Test
    void a_peer_that_goes_away_undecided_gives_its_place_back() {
        List<CompletableFuture<Admission>> decisions = new ArrayList<>();
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(handshake -> {
                    decisions.add(new CompletableFuture<>());
                    return decisions.get(decisions.size() - 1);
                })
                .connections(ConnectionLimits.defaults().total(1)))) {
            ConnectAttempt gone = hub.client().named("ann").tryConnect();

            gone.giveUp();
            decisions.get(0).complete(Admission.asUser("ann"));
            hub.settle();

            ConnectAttempt next = hub.client().named("bob").tryConnect();
            decisions.get(1).complete(Admission.asUser("bob"));
            hub.settle();
            assertThat(next.client()).isConnected();
            assertThat(hub).hasOnlineUsers("bob");
        }
    }

    @Test
    void the_hub_has_room_for_so_many_and_refuses_more_with_503() {
        try (TestHub hub = TestHub.of(
                builder -> builder.connections(ConnectionLimits.defaults().total(2)))) {
            hub.connect("ann");
            TestClient bob = hub.connect("bob");

            assertThat(hub.client().user("eve").tryConnect().refusedWith()).hasValue(503);

            bob.close();
            assertThat(hub.client().user("eve").tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void a_user_may_have_so_many_connections_and_more_are_refused_with_429() {
        try (TestHub hub = TestHub.of(
                builder -> builder.connections(ConnectionLimits.defaults().perUser(2)))) {
            TestClient first = hub.connect("ann");
            hub.connect("ann");

            assertThat(hub.client().user("ann").tryConnect().refusedWith()).hasValue(429);
            assertThat(hub.client().user("bob").tryConnect().isAccepted()).isTrue();

            first.drop();
            assertThat(hub.client().user("ann").tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void a_user_s_limit_holds_for_handshakes_that_are_decided_together() {
        List<CompletableFuture<Admission>> decisions = new ArrayList<>();
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(handshake -> {
                    decisions.add(new CompletableFuture<>());
                    return decisions.get(decisions.size() - 1);
                })
                .connections(ConnectionLimits.defaults().perUser(1)))) {
            ConnectAttempt first = hub.client().tryConnect();
            ConnectAttempt second = hub.client().tryConnect();

            decisions.forEach(decision -> decision.complete(Admission.asUser("ann")));
            hub.settle();

            assertThat(first.isAccepted()).isTrue();
            assertThat(second.refusedWith()).hasValue(429);
        }
    }

    @Test
    void undecided_handshakes_are_limited() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticatorAsync(handshake -> new CompletableFuture<>())
                .connections(ConnectionLimits.defaults().pendingAdmissions(2)))) {
            assertThat(hub.client().tryConnect().isPending()).isTrue();
            assertThat(hub.client().tryConnect().isPending()).isTrue();

            assertThat(hub.client().tryConnect().refusedWith()).hasValue(503);
        }
    }

    @Test
    void handshakes_beyond_the_rate_are_refused_with_503_and_told_when_to_come_back() {
        try (TestHub hub = TestHub.of(
                builder -> builder.connections(ConnectionLimits.defaults().handshakesPerSecond(10, 3)))) {
            for (int i = 0; i < 3; i++) {
                hub.connectAnonymous();
            }

            ConnectAttempt beyond = hub.client().tryConnect();
            assertThat(beyond.refusedWith()).hasValue(503);
            assertThat(beyond.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());

            hub.advance(Duration.ofMillis(100));
            assertThat(hub.client().tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void on_connect_runs_before_the_first_event() {
        try (TestHub hub = TestHub.of(builder -> builder.onConnect(client -> {
                    log.add("connected " + client.hub().online().isOnline("ann"));
                    client.send("welcome", "hi");
                })
                .on("say", client -> log.add("say")))) {
            TestClient ann = hub.connect("ann");

            ann.send("say");

            assertThat(log).containsExactly("connected true", "say");
            assertThat(ann).receivedEvents("welcome");
        }
    }

    @Test
    void on_connect_that_throws_refuses_with_4102() {
        assertOnConnectThrowing(new IllegalStateException("secret"), CloseReason.SERVER_ERROR);
    }

    @Test
    void on_connect_that_asks_for_a_user_refuses_with_4001() {
        assertOnConnectThrowing(UNAUTHENTICATED, CloseReason.UNAUTHENTICATED);
    }

    @Test
    void on_connect_that_forbids_refuses_with_4003() {
        assertOnConnectThrowing(ErrorCode.FORBIDDEN.exception(), CloseReason.FORBIDDEN);
    }

    @Test
    void a_client_that_on_connect_refuses_comes_and_goes_in_pairs() {
        try (TestHub hub = TestHub.of(builder -> builder.onConnect(client -> {
                    throw ErrorCode.FORBIDDEN.exception();
                })
                .onDisconnect((client, reason) -> log.add("disconnected " + reason.code()))
                .onUserOnline(user -> log.add("online"))
                .onUserOffline(user -> log.add("offline")))) {
            hub.connect("ann");
        }

        assertThat(log)
                .containsExactlyInAnyOrder("online", "disconnected 4003", "offline")
                .containsSubsequence("online", "offline");
    }

    @Test
    void groups_of_the_admission_are_joined_as_others_are() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(
                        handshake -> Admission.asUser("ann").join("lobby"))
                .onConnect(client -> log.add("connect"))
                .onJoined("lobby", (client, group) -> log.add("joined " + group))
                .onLeft("lobby", (client, group) -> log.add("left " + group))
                .onDisconnect((client, reason) -> log.add("disconnect")))) {
            TestClient ann = hub.client().connect();
            assertThat(hub).hasGroup("lobby", ann.name());
            ann.close();
        }

        assertThat(log).containsOnlyOnce("joined lobby", "left lobby").startsWith("connect");
    }

    private void assertOnConnectThrowing(RuntimeException failure, CloseReason expected) {
        try (TestHub hub = TestHub.of(builder -> builder.onConnect(client -> {
                    throw failure;
                })
                .on("say", client -> log.add("say")))) {
            TestClient ann = hub.connect("ann");

            assertThat(ann).isClosedWith(expected).receivedNothing();
            assertThat(hub).endedSession(ann, expected).hasNoLeftovers();
            assertThat(log).isEmpty();
        }
    }

    private static String describe(Handshake handshake) {
        return String.join(
                " ",
                handshake.token().orElseThrow(),
                handshake.header("X-Tenant").orElseThrow(),
                handshake.header("x-tenant").orElseThrow(),
                handshake.query("room").orElseThrow(),
                handshake.path(),
                handshake.pathParam("hub").orElseThrow(),
                handshake.principal().orElseThrow().getName(),
                handshake.remoteAddress().orElseThrow(),
                handshake.subprotocols().toString(),
                handshake.unwrap(Integer.class).orElseThrow().toString());
    }
}
