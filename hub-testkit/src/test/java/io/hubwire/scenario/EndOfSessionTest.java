// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.ConnectAttempt;
import io.hubwire.testkit.SendCompletion;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the hub ends sessions: kicks, one login per user, and credentials that expire. */
class EndOfSessionTest {
    @ParameterizedTest
    @EnumSource(SendCompletion.class)
    void a_kick_is_announced_before_the_close_and_behind_what_was_sent_before(SendCompletion completion) {
        try (TestHub hub = TestHub.of(StandardEvents.kick()).sendCompletion(completion)) {
            TestClient ann = hub.connect("ann");

            hub.hub().all().send("news", "1");
            hub.hub().all().send("news", "2");
            ann.session().kick(CloseReason.KICKED);
            hub.hub().all().send("news", "too late");
            hub.settle();

            assertThat(ann).receivedEvents("news", "news", "kick").isClosedWith(CloseReason.KICKED);
            assertThat(hub).endedSession(ann, CloseReason.KICKED).hasNoLeftovers();
        }
    }

    @Test
    void a_thousand_kicks_of_a_thousand_are_announced() {
        try (TestHub hub = TestHub.of(StandardEvents.kick()).sendCompletion(SendCompletion.MIXED)) {
            for (int i = 0; i < 1_000; i++) {
                TestClient client = hub.connect("user-" + i);
                hub.hub().all().send("news", "x");
                client.session().kick(CloseReason.KICKED);
                hub.advance(Duration.ofMillis(5));

                assertThat(client).receivedEvents("news", "kick").isClosedWith(CloseReason.KICKED);
            }
        }
    }

    @Test
    void a_close_is_not_announced_as_a_kick() {
        try (TestHub hub = TestHub.of(StandardEvents.kick())) {
            TestClient ann = hub.connect("ann");

            ann.session().close(CloseReason.GOING_AWAY);
            hub.settle();

            assertThat(ann).receivedNothing().isClosedWith(CloseReason.GOING_AWAY);
        }
    }

    @Test
    void a_kick_is_not_announced_unless_that_is_installed() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");

            ann.session().kick(CloseReason.KICKED);
            hub.settle();

            assertThat(ann).receivedNothing().isClosedWith(CloseReason.KICKED);
        }
    }

    @Test
    void an_application_has_close_codes_of_its_own() {
        CloseReason banned = CloseReason.ofApplication(4500, "banned");
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");

            assertThat(hub.hub().user("ann").kick(banned)).isEqualTo(1);
            hub.settle();

            assertThat(ann).isClosedWith(banned);
        }
    }

    @Test
    void the_newest_login_replaces_the_older_ones() {
        try (TestHub hub = TestHub.of(builder -> builder.login(LoginPolicy.NEWEST_ONLY))) {
            TestClient phone = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            TestClient laptop = hub.connect("ann");

            assertThat(phone).isClosedWith(CloseReason.REPLACED);
            assertThat(laptop).isConnected();
            assertThat(bob).isConnected();
            assertThat(hub).hasClients(2).hasOnlineUsers("ann", "bob");
        }
    }

    @Test
    void the_newest_login_takes_over_also_when_one_connection_a_user_is_allowed() {
        try (TestHub hub = TestHub.of(builder -> builder.login(LoginPolicy.NEWEST_ONLY)
                .connections(ConnectionLimits.defaults().perUser(1)))) {
            TestClient phone = hub.connect("ann");

            TestClient laptop = hub.connect("ann");

            assertThat(phone).isClosedWith(CloseReason.REPLACED);
            assertThat(laptop).isConnected();
            assertThat(hub).hasClients(1);
        }
    }

    @Test
    void a_user_whose_login_is_replaced_stays_online_all_the_time() {
        List<String> log = new ArrayList<>();
        try (TestHub hub = TestHub.of(builder -> builder.login(LoginPolicy.NEWEST_ONLY)
                .onUserOnline(user -> log.add("online"))
                .onUserOffline(user -> log.add("offline")))) {
            for (int i = 0; i < 5; i++) {
                hub.connect("ann");
            }

            assertThat(log).containsExactly("online");
            assertThat(hub).hasClients(1);
        }
    }

    @Test
    void of_two_first_logins_that_are_decided_together_one_gets_in() {
        List<CompletableFuture<Admission>> decisions = new ArrayList<>();
        try (TestHub hub =
                TestHub.of(builder -> builder.login(LoginPolicy.FIRST_ONLY).authenticatorAsync(handshake -> {
                    decisions.add(new CompletableFuture<>());
                    return decisions.get(decisions.size() - 1);
                }))) {
            ConnectAttempt first = hub.client().tryConnect();
            ConnectAttempt second = hub.client().tryConnect();

            decisions.forEach(decision -> decision.complete(Admission.asUser("ann")));
            hub.settle();

            assertThat(first.isAccepted()).isTrue();
            assertThat(second.refusedWith()).hasValue(409);
            assertThat(hub).hasClients(1);
        }
    }

    @Test
    void the_first_login_keeps_later_ones_out_with_409() {
        try (TestHub hub = TestHub.of(builder -> builder.login(LoginPolicy.FIRST_ONLY))) {
            TestClient phone = hub.connect("ann");

            ConnectAttempt laptop = hub.client().user("ann").tryConnect();
            assertThat(laptop.refusedWith()).hasValue(409);
            assertThat(phone).isConnected();

            phone.close();
            assertThat(hub.client().user("ann").tryConnect().isAccepted()).isTrue();
        }
    }

    @Test
    void one_login_policies_do_not_concern_anonymous_clients() {
        try (TestHub hub = TestHub.of(builder -> builder.login(LoginPolicy.NEWEST_ONLY))) {
            hub.connectAnonymous();
            hub.connectAnonymous();

            assertThat(hub).hasClients(2);
        }
    }

    @Test
    void a_session_ends_with_4300_when_its_credential_expires() {
        try (TestHub hub = TestHub.of(builder -> builder.install(StandardEvents.ping())
                .authenticator(handshake ->
                        Admission.asUser("ann").expiresAt(VirtualTime.START.plus(Duration.ofMinutes(10)))))) {
            TestClient ann = hub.connect("ann");

            hub.advance(Duration.ofMinutes(10).minusMillis(1));
            assertThat(ann).isConnected();
            hub.advance(Duration.ofMillis(101));

            assertThat(ann).isClosedWith(CloseReason.CREDENTIALS_EXPIRED);
            assertThat(hub).endedSession(ann, CloseReason.CREDENTIALS_EXPIRED).hasNoLeftovers();
        }
    }
}
