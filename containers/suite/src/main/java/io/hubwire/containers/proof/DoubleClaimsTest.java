// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.containers.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two connections claim the same session at the same moment, while messages are sent to it: one of them goes on with it, and nothing is
 * written to the other from then on.
 *
 * <p>The secret that both know is valid until one of them speaks, so the hub may grant both claims, one after the other: then the second
 * fences the first, and is the one that goes on. If the first has spoken before, the second is refused.
 */
@Tag("proof")
class DoubleClaimsTest {
    private static final int ROUNDS = Scale.isWhole() ? 1_000 : 25;
    private static final EventType<Long> COUNT = EventType.of("proof/count", Long.class);

    /** Together fewer than are kept for a session, so that no claim is refused for a gap. */
    private static final int BEFORE = 8;

    private static final int DURING = 96;
    private static final int AFTERWARDS = 32;
    private static final int ALL = BEFORE + DURING + AFTERWARDS;

    private static final int REPLACED = 4005;

    private final Hub hub = Hub.builder()
            .authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
            .connections(
                    ConnectionLimits.defaults().total(100_000).perUser(10_000).handshakesPerSecond(100_000, 100_000))
            .emits(COUNT)
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    private final AtomicLong sent = new AtomicLong();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private record Claim(Claimant by, Claimant.Answer answer) {
        boolean isLost() {
            return !answer.isResumed() || by.closeCode() != 0;
        }
    }

    @Test
    void there_are_never_two_live_writers() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            sent.set(0);
            boolean confirms = round % 2 == 0;
            try (Claimant owner = new Claimant(server, sent, false);
                    Claimant first = new Claimant(server, sent, confirms);
                    Claimant second = new Claimant(server, sent, confirms)) {
                race(owner, first, second);
            }
        }

        System.out.printf("double claims: %d rounds, the loser was %s%n", ROUNDS, outcomes);
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    }

    private void race(Claimant owner, Claimant first, Claimant second) throws Exception {
        String session = owner.hello().client();
        send(session, BEFORE);
        soon(() -> owner.position() > BEFORE / 2);
        long from = owner.position();
        CyclicBarrier start = new CyclicBarrier(3);
        CompletableFuture<Claim> one = claim(first, owner, from, start);
        CompletableFuture<Claim> other = claim(second, owner, from, start);
        start.await(20, TimeUnit.SECONDS);
        send(session, DURING);
        List<Claim> claims = List.of(one.get(20, TimeUnit.SECONDS), other.get(20, TimeUnit.SECONDS));

        soon(() -> claims.stream().anyMatch(Claim::isLost));
        Claim loser = claims.get(claims.get(0).isLost() ? 0 : 1);
        Claim winner = claims.get(claims.get(0).isLost() ? 1 : 0);
        send(session, AFTERWARDS);
        judgeWinner(winner, from);
        judgeLoser(loser, winner);
        soon(() -> owner.closeCode() == REPLACED);
        assertThat(owner.last()).as("of the old connection").isLessThanOrEqualTo(winner.answer.sentBefore());
    }

    /** Counts 1, 2, 3 …, so that a count is the number of its message. */
    private void send(String session, int counts) {
        for (int i = 0; i < counts; i++) {
            hub.client(session).send(COUNT, sent.incrementAndGet());
            Thread.yield();
        }
    }

    private static CompletableFuture<Claim> claim(Claimant by, Claimant owner, long from, CyclicBarrier start) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        start.await(20, TimeUnit.SECONDS);
                        return new Claim(by, by.claim(owner, from));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                OWN_THREAD);
    }

    private static void judgeWinner(Claim winner, long from) {
        assertThat(winner.answer.isResumed()).as("one goes on").isTrue();
        soon(() -> winner.by.last() == ALL);
        assertThat(winner.by.closeCode()).isZero();
        assertThat(winner.by.counts())
                .as("all that was missed, and all that came then, once and in order")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(from + 1, ALL).boxed().toList());
    }

    private void judgeLoser(Claim loser, Claim winner) {
        if (loser.answer.isMissing()) {
            assertThat(loser.by.closeCode()).isEqualTo(REPLACED);
            assertThat(loser.by.counts()).isEmpty();
            outcomes.merge("fenced before it was answered", 1, Integer::sum);
        } else if (loser.answer.isResumed()) {
            assertThat(loser.by.closeCode()).isEqualTo(REPLACED);
            assertThat(loser.by.last()).as("of the loser").isLessThanOrEqualTo(winner.answer.sentBefore());
            outcomes.merge("fenced", 1, Integer::sum);
        } else {
            assertThat(loser.answer.reason()).isEqualTo("unknown");
            assertThat(loser.answer.client()).isNotEqualTo(winner.answer.client());
            assertThat(loser.by.counts()).isEmpty();
            outcomes.merge("refused", 1, Integer::sum);
        }
    }

    private static void soon(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .until(condition);
    }
}
