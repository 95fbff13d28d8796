// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.containers.Server;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Handshake;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets in, and that whoever does not leaves nothing behind: hub, adapter and container together. */
class AdmissionTest {
    private final BlockingQueue<CompletableFuture<Admission>> pending = new LinkedBlockingQueue<>();
    private Hub hub;
    private Server server;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void ten_bad_origins_are_refused_and_nobody_is_asked() throws Exception {
        serve(builder -> builder.authenticator(handshake -> {
            throw new AssertionError("asked");
        }));
        int port = server.port();

        for (String bad : List.of(
                "http://evil.example",
                "https://127.0.0.1:" + port,
                "http://127.0.0.1:" + (port == 65_535 ? 1 : port + 1),
                "http://127.0.0.1",
                "http://127.0.0.1.evil.example:" + port,
                "http://evil127.0.0.1:" + port,
                "http://localhost:" + port,
                "ws://127.0.0.1:" + port,
                "null",
                "http://127.0.0.1:" + port + "/path")) {
            assertThat(server.peer().header("Origin", bad).exchange().status())
                    .as(bad)
                    .isEqualTo(403);
        }
        assertNobodyIsLeft();
    }

    @Test
    void missing_expired_and_forged_tokens_are_refused() throws Exception {
        serve(builder -> builder.authenticator(AdmissionTest::byToken));

        assertThat(server.peer().exchange().status()).isEqualTo(401);
        assertThat(statusWithToken("expired")).isEqualTo(401);
        assertThat(statusWithToken("forged")).isEqualTo(401);
        assertThat(statusWithToken("banned")).isEqualTo(403);
        assertNobodyIsLeft();
        assertThat(statusWithToken("good")).isEqualTo(101);
    }

    private static Admission byToken(Handshake handshake) {
        return switch (handshake.token().orElse("")) {
            case "good" -> Admission.asUser("ann");
            case "" -> Admission.refuse(401);
            case "expired" -> Admission.refuse(401);
            case "banned" -> throw ErrorCode.FORBIDDEN.exception();
            default -> throw new IllegalArgumentException("signature of " + handshake.token());
        };
    }

    @Test
    void a_user_with_too_many_connections_is_told_so() throws Exception {
        serve(builder -> builder.connections(ConnectionLimits.defaults().perUser(2))
                .authenticator(handshake -> Admission.asUser("ann")));
        try (RawPeer first = server.peer().open();
                RawPeer second = server.peer().open()) {
            assertThat(server.peer().exchange().status()).isEqualTo(429);

            first.close();
            await().until(() -> hub.online().devices().count() == 1);
            try (RawPeer third = server.peer().open()) {
                assertThat(third.reply().status()).isEqualTo(101);
            }
        }
    }

    @Test
    void a_full_hub_says_when_to_come_again() throws Exception {
        serve(builder -> builder.connections(ConnectionLimits.defaults().total(1)));
        try (RawPeer only = server.peer().open()) {
            HttpReply refused = server.peer().exchange();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After").orElseThrow()).matches("[1-9][0-9]?");
            assertThat(only.isQuietFor(Duration.ofMillis(50))).isTrue();
        }
    }

    @Test
    void handshakes_over_the_rate_are_told_when_to_come_again() throws Exception {
        serve(builder -> builder.connections(ConnectionLimits.defaults().handshakesPerSecond(1, 2)));

        List<Integer> statuses = new ArrayList<>();
        long begin = System.nanoTime();
        while (Collections.frequency(statuses, 503) < 3 && statuses.size() < 100) {
            HttpReply reply = server.peer().exchange();
            statuses.add(reply.status());
            assertThat(reply.header("Retry-After").isPresent()).isEqualTo(reply.status() == 503);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertThat(statuses.subList(0, 2)).containsOnly(101);
        assertThat(statuses).containsOnly(101, 503);
        assertThat(Collections.frequency(statuses, 101)).isLessThanOrEqualTo(2 + Math.toIntExact(seconds));
    }

    @Test
    void an_authenticator_that_answers_later_admits() throws Exception {
        serve(builder -> builder.authenticatorAsync(this::later));
        try (RawPeer peer = server.peer().send()) {
            CompletableFuture<Admission> decision = nextPending();
            assertThat(hub.online().devices().count()).isZero();

            decision.completeAsync(() -> Admission.asUser("ann"), OWN_THREAD);

            assertThat(peer.reply().status()).isEqualTo(101);
            await().until(() -> hub.online().isOnline("ann"));
        }
        await().until(() -> !hub.online().isOnline("ann"));
    }

    @Test
    void an_authenticator_that_never_answers_is_given_up() throws Exception {
        serve(builder -> builder.connections(
                        ConnectionLimits.defaults().total(1).admissionTime(Duration.ofMillis(200)))
                .authenticatorAsync(handshake -> handshake.token().isPresent()
                        ? CompletableFuture.completedFuture(Admission.asUser("ann"))
                        : later(handshake)));

        assertThat(server.peer().exchange().status()).isEqualTo(503);
        nextPending().complete(Admission.asUser("too late"));

        assertNobodyIsLeft();
        assertThat(statusWithToken("good")).isEqualTo(101);
    }

    @Test
    void more_undecided_handshakes_than_allowed_are_refused() throws Exception {
        serve(builder -> builder.connections(ConnectionLimits.defaults().pendingAdmissions(1))
                .authenticatorAsync(this::later));
        try (RawPeer first = server.peer().send()) {
            CompletableFuture<Admission> undecided = nextPending();

            assertThat(server.peer().exchange().status()).isEqualTo(503);
            assertThat(pending).as("asked about the one that is refused").isEmpty();

            undecided.complete(Admission.refuse(403));
            assertThat(first.reply().status()).isEqualTo(403);
        }
        await().untilAsserted(() -> assertThat(admittedAtOnce()).isEqualTo(101));
    }

    @Test
    void peers_that_leave_while_pending_take_no_place_with_them() throws Exception {
        serve(builder -> builder.connections(ConnectionLimits.defaults()
                        .total(1)
                        .handshakesPerSecond(10_000, 10_000)
                        .openTime(Duration.ofMillis(100)))
                .authenticatorAsync(this::later));
        for (int i = 0; i < 20; i++) {
            Undecided handshake = await().until(this::undecided, Objects::nonNull);
            if (i % 2 == 0) {
                handshake.peer().reset();
            } else {
                handshake.peer().close();
            }
            handshake.decision().completeAsync(() -> Admission.asUser("gone"), OWN_THREAD);
        }

        await().until(() -> server.connectionCount() == 0);
        assertNobodyIsLeft();
        await().untilAsserted(() -> assertThat(admittedAtOnce()).isEqualTo(101));
    }

    private record Undecided(RawPeer peer, CompletableFuture<Admission> decision) {}

    /** A handshake that the authenticator was asked about; null if it was not, because the place of the one before is not free yet. */
    private @Nullable Undecided undecided() throws Exception {
        RawPeer peer = server.peer().send();
        CompletableFuture<Admission> decision = askedOrAnswered(statusOf(peer));
        if (decision == null) {
            peer.close();
            return null;
        }
        return new Undecided(peer, decision);
    }

    private int admittedAtOnce() throws Exception {
        try (RawPeer peer = server.peer().send()) {
            CompletableFuture<Integer> status = statusOf(peer);
            CompletableFuture<Admission> decision = askedOrAnswered(status);
            if (decision != null) {
                decision.complete(Admission.asUser("ann"));
            }
            return status.get(10, TimeUnit.SECONDS);
        }
    }

    private static CompletableFuture<Integer> statusOf(RawPeer peer) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return peer.reply().status();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                reading -> new Thread(reading, "reply").start());
    }

    /** What the authenticator was asked to decide, null if there was an answer without. */
    private @Nullable CompletableFuture<Admission> askedOrAnswered(CompletableFuture<Integer> status) {
        await().until(() -> !pending.isEmpty() || status.isDone());
        return pending.poll();
    }

    private CompletableFuture<Admission> later(Handshake handshake) {
        CompletableFuture<Admission> decision = new CompletableFuture<>();
        pending.add(decision);
        return decision;
    }

    private CompletableFuture<Admission> nextPending() throws InterruptedException {
        CompletableFuture<Admission> decision = pending.poll(10, TimeUnit.SECONDS);
        assertThat(decision).isNotNull();
        return decision;
    }

    private int statusWithToken(String token) throws Exception {
        return server.peer()
                .header("Authorization", "Bearer " + token)
                .exchange()
                .status();
    }

    private void assertNobodyIsLeft() {
        await().until(() -> hub.online().devices().count() == 0);
        await().until(() -> server.connectionCount() == 0);
    }

    private void serve(UnaryOperator<HubBuilder> settings) {
        hub = settings.apply(Hub.builder()).build();
        server = Server.of(hub);
    }
}
