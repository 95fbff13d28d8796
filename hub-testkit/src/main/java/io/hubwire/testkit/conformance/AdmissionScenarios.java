// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Handshake;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who may connect: what an authenticator sees, what its answer gives, and what a refused client is told. */
interface AdmissionScenarios extends Stage {
    @Test
    default void the_application_s_own_authenticator_decides() {
        Map<String, String> users = Map.of("token-of-ann", "ann");
        try (TestHub hub = chat(builder -> builder.authenticator(handshake ->
                handshake.token().map(users::get).map(Admission::asUser).orElseGet(() -> Admission.refuse(401))))) {
            TestClient ann = hub.client().token("token-of-ann").connect();

            hub.client().user("ann").token("forged").tryConnect().expectRefused(401);
            hub.client().user("ann").tryConnect().expectRefused(401);

            assertThat(hub).hasOnlineUsers("ann").hasClients(1);
            catchUp(ann);
        }
    }

    @Test
    default void an_authenticator_that_forbids_or_breaks_refuses() {
        try (TestHub hub = chat(builder -> builder.authenticator(handshake -> {
            if (handshake.query("door").orElse("").equals("back")) {
                throw ErrorCode.FORBIDDEN.exception();
            }
            throw new IllegalStateException("no database");
        }))) {
            hub.client().query("door", "back").tryConnect().expectRefused(403);
            hub.client().query("door", "front").tryConnect().expectRefused(401);
            assertThat(hub).hasClients(0);
        }
    }

    @Test
    default void a_full_hub_says_when_to_come_again() {
        ConnectionLimits one = ConnectionLimits.defaults().total(1);
        try (TestHub hub = chat(builder -> builder.connections(one))) {
            TestClient ann = hub.connect("ann");

            ConnectAttempt tooMany = hub.client().user("bob").tryConnect();

            tooMany.expectRefused(503);
            assertThat(tooMany.retryAfter()).isPresent();
            ann.close();
            hub.settleUntil(() -> hub.client().user("bob").tryConnect().isAccepted());
        }
    }

    @Test
    default void a_user_with_too_many_devices_is_refused_one_more() {
        ConnectionLimits two = ConnectionLimits.defaults().perUser(2);
        try (TestHub hub = chat(builder -> builder.connections(two))) {
            TestClient phone = hub.connect("ann");
            TestClient laptop = hub.connect("ann");

            hub.client().user("ann").tryConnect().expectRefused(429);

            catchUp(phone);
            catchUp(laptop);
            catchUp(hub.connect("bob"));
        }
    }

    @Test
    default void an_authenticator_may_answer_later() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.authenticatorAsync(
                handshake -> handshake.query("later").isPresent() ? decision : admitted("bob")))) {
            ConnectAttempt undecided = hub.client().query("later", "yes").tryConnect();
            TestClient bob = hub.client().connect();
            assertThat(undecided.isPending()).isTrue();
            assertThat(hub).hasOnlineUsers("bob");

            decision.complete(Admission.asUser("ann"));
            hub.settleUntil(() -> !undecided.isPending());

            catchUp(undecided.client());
            catchUp(bob);
            assertThat(hub).hasOnlineUsers("bob", "ann");
        }
    }

    @Test
    default void an_authenticator_may_refuse_later() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.authenticatorAsync(handshake -> decision))) {
            ConnectAttempt undecided = hub.client().tryConnect();

            decision.complete(Admission.refuse(403));
            hub.settleUntil(() -> !undecided.isPending());

            undecided.expectRefused(403);
            assertThat(hub).hasClients(0);
        }
    }

    @Test
    default void an_authenticator_sees_what_the_handshake_says() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (TestHub hub = chat(builder -> builder.authenticator(handshake -> {
            seen.add(describe(handshake));
            return Admission.anonymous();
        }))) {
            hub.client()
                    .path("/rooms/red")
                    .pathParam("room", "red")
                    .token("s3cret")
                    .agent("Browser/1")
                    .header("X-Tenant", "acme")
                    .query("q", "a b&c=d/é")
                    .subprotocols("first", "second")
                    .connect();

            assertThat(seen)
                    .containsExactly("s3cret Browser/1 acme a b&c=d/é /rooms/red red 127.0.0.1 [first, second]");
        }
    }

    private static String describe(Handshake handshake) {
        return String.join(
                " ",
                handshake.token().orElseThrow(),
                handshake.header("user-agent").orElseThrow(),
                handshake.header("x-tenant").orElseThrow(),
                handshake.query("q").orElseThrow(),
                handshake.path(),
                handshake.pathParam("room").orElseThrow(),
                handshake.remoteAddress().orElseThrow(),
                handshake.subprotocols().toString());
    }

    @Test
    default void an_admission_gives_a_name_roles_and_groups() {
        try (TestHub hub = chat(builder -> builder.authenticator(handshake ->
                Admission.asUser("42").name("Ann").roles("moderator").join("room-1", "staff")))) {
            TestClient ann = hub.connectAnonymous();

            ann.expectReply(ann.request("chat/moderate")).isOk();
            assertThat(ann.session().requireUser().name()).isEqualTo("Ann");
            assertThat(ann.session().groups()).containsExactly("room-1", "staff");
            assertThat(hub).hasGroup("staff", ann.name());
        }
    }

    @Test
    default void what_on_connect_sends_comes_first_and_what_it_refuses_is_ended() {
        try (TestHub hub = chat(builder -> builder.onConnect(client -> {
            if (client.user().isEmpty()) {
                throw ErrorCode.UNAUTHENTICATED.exception();
            }
            client.send(Chat.NUMBER, 1);
        }))) {
            TestClient ann = hub.connect("ann");
            TestClient somebody = hub.connectAnonymous();

            ann.send(Chat.QUIET);
            ann.expectPush(Chat.NUMBER);
            somebody.expectClosed(4001);
        }
    }

    private static CompletableFuture<Admission> admitted(String user) {
        return CompletableFuture.completedFuture(Admission.asUser(user));
    }
}
