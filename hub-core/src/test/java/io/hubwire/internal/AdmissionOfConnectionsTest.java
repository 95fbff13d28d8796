// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.LoginPolicy;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.spi.HandshakeResult.Accepted;
import io.hubwire.spi.HandshakeResult.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionOfConnectionsTest {
    private static final BareHandshake ANYBODY = BareHandshake.anonymous();

    private final ManualRuntime runtime = new ManualRuntime();
    private final HubBuilder builder = Hub.builder().runtime(runtime);

    @Test
    void a_hub_that_has_not_started_refuses() {
        Hub hub = builder.build();

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
        hub.start();
        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_hub_that_has_shut_down_cannot_be_started_again() {
        Hub hub = started(builder);
        hub.shutdown(Duration.ZERO);

        hub.start();

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
    }

    @Test
    void a_hub_without_room_refuses_until_a_connection_is_gone() {
        Hub hub = started(builder.connections(ConnectionLimits.defaults().total(1)));
        var handler = Door.open(hub, ANYBODY, RecordingConnection.inline());

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
        handler.onClosed(CloseReason.GOING_AWAY);
        runtime.runAll();

        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_user_with_too_many_connections_is_refused_and_takes_no_place() {
        Hub hub = started(builder.authenticator(handshake -> Admission.asUser("ann"))
                .connections(ConnectionLimits.defaults().total(3).perUser(2)));
        Door.admitted(hub, ANYBODY);
        Door.admitted(hub, ANYBODY);

        for (int i = 0; i < 10; i++) {
            assertThat(Door.refused(hub, ANYBODY)).isEqualTo(429);
        }
    }

    @Test
    void handshakes_beyond_the_rate_are_refused_with_a_time_to_try_again() {
        Hub hub = started(builder.connections(ConnectionLimits.defaults().handshakesPerSecond(10, 5)));
        for (int i = 0; i < 5; i++) {
            Door.admitted(hub, ANYBODY);
        }

        HandshakeResult result = Door.knock(hub, ANYBODY);

        assertThat(result).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.retryAfter())
                    .hasValueSatisfying(
                            after -> assertThat(after).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10)));
        });
        runtime.advance(Duration.ofMillis(100));
        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 418})
    void a_refusal_of_the_application_has_its_status_and_gives_the_place_back(int status) {
        Hub hub = started(builder.authenticator(
                        handshake -> handshake.token().isPresent() ? Admission.anonymous() : Admission.refuse(status))
                .connections(ConnectionLimits.defaults().total(1)));

        for (int i = 0; i < 5; i++) {
            assertThat(Door.refused(hub, ANYBODY)).isEqualTo(status);
        }
        assertThat(Door.knock(hub, BareHandshake.of("t"))).isInstanceOf(Accepted.class);
    }

    @Test
    void whatever_an_authenticator_throws_refuses_and_gives_the_place_back() {
        List<Throwable> failures = List.of(
                new IOException("no database"),
                new IllegalStateException("boom"),
                ErrorCode.UNAUTHENTICATED.exception(),
                new AssertionError("thrown on purpose"),
                new StackOverflowError());
        List<Throwable> left = new ArrayList<>(failures);
        Hub hub = started(builder.authenticator(handshake -> {
                    if (left.isEmpty()) {
                        return Admission.anonymous();
                    }
                    Throwable next = left.remove(0);
                    if (next instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) next;
                })
                .connections(ConnectionLimits.defaults().total(1)));

        for (Throwable failure : failures) {
            assertThat(Door.refused(hub, ANYBODY)).as("%s", failure).isEqualTo(401);
        }
        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
    }

    @Test
    void one_who_may_not_connect_is_forbidden() {
        Hub hub = started(builder.authenticator(handshake -> {
            throw ErrorCode.FORBIDDEN.exception();
        }));

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(403);
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless application does
    void an_authenticator_that_answers_null_refuses() {
        assertThat(Door.refused(started(builder.authenticator(handshake -> null)), ANYBODY))
                .isEqualTo(401);
        assertThat(Door.refused(started(Hub.builder().runtime(runtime).authenticatorAsync(handshake -> null)), ANYBODY))
                .isEqualTo(401);
    }

    @Test
    void an_asynchronous_decision_may_come_later() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        Hub hub = started(builder.authenticatorAsync(handshake -> decision));
        CompletableFuture<HandshakeResult> result =
                hub.acceptor().admit(ANYBODY).toCompletableFuture();
        assertThat(result).isNotDone();

        decision.complete(Admission.asUser("ann"));

        assertThat(result).isCompletedWithValueMatching(Accepted.class::isInstance);
    }

    @Test
    void an_asynchronous_decision_that_takes_too_long_refuses_and_gives_the_place_back_once() {
        List<CompletableFuture<Admission>> decisions = new ArrayList<>();
        Hub hub = started(builder.authenticatorAsync(handshake -> {
                    decisions.add(new CompletableFuture<>());
                    return decisions.get(decisions.size() - 1);
                })
                .connections(ConnectionLimits.defaults().total(2).admissionTime(Duration.ofSeconds(3))));
        CompletableFuture<HandshakeResult> late = hub.acceptor().admit(ANYBODY).toCompletableFuture();

        runtime.advance(Duration.ofMillis(3_100));
        assertThat(late)
                .isCompletedWithValueMatching(result -> result instanceof Refused refused && refused.status() == 503);
        decisions.get(0).complete(Admission.refuse(401));

        hub.acceptor().admit(ANYBODY);
        hub.acceptor().admit(ANYBODY);
        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
        assertThat(decisions).hasSize(3);
    }

    @Test
    void an_asynchronous_decision_that_comes_too_late_admits_nobody() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        Hub hub = started(builder.authenticatorAsync(handshake -> decision)
                .connections(ConnectionLimits.defaults().total(1).openTime(Duration.ofSeconds(5))));
        hub.acceptor().admit(ANYBODY);
        runtime.advance(Duration.ofSeconds(11));

        decision.complete(Admission.anonymous());
        Accepted place = Door.admitted(hub, ANYBODY);
        place.open(RecordingConnection.inline());
        runtime.advance(Duration.ofSeconds(6));

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
    }

    @Test
    void a_handshake_that_is_undecided_when_the_hub_shuts_down_is_refused_and_its_decision_ignored() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        Hub hub = started(builder.authenticatorAsync(handshake -> decision));
        CompletableFuture<HandshakeResult> result =
                hub.acceptor().admit(ANYBODY).toCompletableFuture();

        hub.shutdown(Duration.ofSeconds(1));
        decision.complete(Admission.anonymous());

        assertThat(result)
                .isCompletedWithValueMatching(end -> end instanceof Refused refused && refused.status() == 503);
    }

    @Test
    void a_handshake_during_which_the_hub_shuts_down_is_refused() {
        List<Hub> hubs = new ArrayList<>();
        hubs.add(started(builder.authenticatorAsync(handshake -> {
            hubs.get(0).shutdown(Duration.ofSeconds(1));
            return new CompletableFuture<>();
        })));

        assertThat(Door.refused(hubs.get(0), ANYBODY)).isEqualTo(503);
    }

    @Test
    void the_newest_login_is_admitted_however_many_sessions_its_user_has() {
        Hub hub = started(builder.authenticator(handshake -> Admission.asUser("ann"))
                .login(LoginPolicy.NEWEST_ONLY)
                .connections(ConnectionLimits.defaults().perUser(1)));
        RecordingConnection first = RecordingConnection.inline();
        RecordingConnection second = RecordingConnection.inline();
        Door.open(hub, ANYBODY, first);

        Door.open(hub, ANYBODY, second);
        runtime.runAll();

        assertThat(first.closes()).containsExactly(CloseReason.REPLACED);
        assertThat(second.closes()).isEmpty();
        assertThat(hub.user("ann").size()).isEqualTo(1);
    }

    @Test
    void places_that_one_user_leaves_unopened_are_limited_whatever_the_login_policy() {
        Hub hub = started(builder.authenticator(handshake -> Admission.asUser("ann"))
                .login(LoginPolicy.NEWEST_ONLY)
                .connections(ConnectionLimits.defaults().perUser(2).openTime(Duration.ofSeconds(5))));
        Door.admitted(hub, ANYBODY);
        Door.admitted(hub, ANYBODY);

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(429);
        runtime.advance(Duration.ofMillis(5_100));
        Door.open(hub, ANYBODY, RecordingConnection.inline()).onClosed(CloseReason.NORMAL);
        runtime.runAll();

        Door.admitted(hub, ANYBODY);
        Door.admitted(hub, ANYBODY);
        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(429);
    }

    @Test
    void too_many_undecided_handshakes_are_refused() {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        Hub hub = started(builder.authenticatorAsync(handshake -> decision)
                .connections(ConnectionLimits.defaults().pendingAdmissions(2)));
        hub.acceptor().admit(ANYBODY);
        hub.acceptor().admit(ANYBODY);

        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
        decision.complete(Admission.anonymous());
        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
    }

    @Test
    void a_place_that_is_not_used_in_time_is_given_back_once() {
        Hub hub = started(builder.authenticator(handshake -> Admission.asUser("ann"))
                .connections(ConnectionLimits.defaults().total(2).perUser(1).openTime(Duration.ofSeconds(5))));
        Accepted place = Door.admitted(hub, ANYBODY);
        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(429);

        runtime.advance(Duration.ofMillis(5_100));
        place.release();
        RecordingConnection late = RecordingConnection.inline();
        place.open(late).onText("{\"event\":\"x\"}", true);
        runtime.runAll();

        assertThat(late.closes()).containsExactly(CloseReason.OVERLOADED);
        assertThat(late.sent()).isEmpty();
        Door.admitted(hub, ANYBODY);
        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(429);
    }

    @Test
    void a_place_that_was_opened_is_not_given_back_by_a_release() {
        Hub hub = started(builder.connections(ConnectionLimits.defaults().total(1)));
        Accepted place = Door.admitted(hub, ANYBODY);
        place.open(RecordingConnection.inline());

        place.release();
        runtime.advance(Duration.ofMinutes(1));

        assertThat(hub.online().devices().count()).isZero(); // it did not answer a ping
        runtime.runAll();
        assertThat(Door.knock(hub, ANYBODY)).isInstanceOf(Accepted.class);
        assertThat(Door.refused(hub, ANYBODY)).isEqualTo(503);
    }

    @Test
    void a_builder_makes_one_hub() {
        builder.build();

        assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
    }

    private static Hub started(HubBuilder settings) {
        Hub hub = settings.build();
        hub.start();
        return hub;
    }
}
