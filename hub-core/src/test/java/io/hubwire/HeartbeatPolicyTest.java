// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.HeartbeatPolicy.Action;
import io.hubwire.HeartbeatPolicy.Silence;
import io.hubwire.HeartbeatPolicy.Step;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeartbeatPolicyTest {
    @ParameterizedTest(name = "quiet {0} ms, pinged {1} ms ago, jitter {2}: {3}, next in {4} ms")
    @CsvSource({
        "0,     ,      0,    WAIT,  25000",
        "24999, ,      0,    WAIT,  1",
        "25000, ,      0,    PING,  10000",
        "25001, ,      0,    PING,  10000",
        "25000, ,      1,    WAIT,  5000",
        "29999, ,      1,    WAIT,  1",
        "30000, ,      1,    PING,  10000",
        "19999, ,      -1,   WAIT,  1",
        "20000, ,      -1,   PING,  10000",
        "27500, ,      0.5,  PING,  10000",
        "27499, ,      0.5,  WAIT,  1",
        "25000, 0,     0,    WAIT,  10000",
        "30000, 5000,  0,    WAIT,  5000",
        "34999, 9999,  0,    WAIT,  1",
        "35000, 10000, 0,    CLOSE, 0",
        "99999, 74999, 1,    CLOSE, 0"
    })
    void server_ping(long quiet, @Nullable Long sincePing, double jitter, Action action, long next) {
        requireStep(HeartbeatPolicy.serverPing(), quiet, sincePing, jitter, action, next);
    }

    @ParameterizedTest
    @CsvSource({
        "0, , WAIT, 5000",
        "4999, , WAIT, 1",
        "5000, , PING, 2000",
        "6000, 1999, WAIT, 1",
        "7000, 2000, CLOSE, 0"
    })
    void ping_every_with_a_timeout_and_without_jitter(long quiet, @Nullable Long sincePing, Action action, long next) {
        HeartbeatPolicy policy = HeartbeatPolicy.pingEvery(Duration.ofSeconds(5))
                .answerWithin(Duration.ofSeconds(2))
                .jitter(0);

        requireStep(policy, quiet, sincePing, 1, action, next);
        requireStep(policy, quiet, sincePing, -1, action, next);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, , PING, 1000",
        "1500, 500, WAIT, 1000",
        "2000, 1000, WAIT, 1000",
        "10500, 9500, WAIT, 500",
        "11000, 10000, CLOSE, 0"
    })
    void a_ping_whose_timeout_is_longer_than_the_interval_is_looked_at_in_every_interval(
            long quiet, @Nullable Long sincePing, Action action, long next) {
        HeartbeatPolicy policy =
                HeartbeatPolicy.pingEvery(Duration.ofSeconds(1)).answerWithin(Duration.ofSeconds(10));

        requireStep(policy, quiet, sincePing, 0, action, next);
    }

    @ParameterizedTest
    @CsvSource({"0, WAIT, 150000", "149999, WAIT, 1", "150000, CLOSE, 0", "200000, CLOSE, 0"})
    void client_driven(long quiet, Action action, long next) {
        requireStep(HeartbeatPolicy.clientDriven(Duration.ofSeconds(150)), quiet, null, 1, action, next);
    }

    @ParameterizedTest
    @CsvSource({"0, WAIT, 300000", "299999, WAIT, 1", "300000, CLOSE, 0"})
    void hot_go(long quiet, Action action, long next) {
        requireStep(HeartbeatPolicy.hotGo(), quiet, null, 0, action, next);
    }

    @Test
    void none_waits_whatever_happens() {
        Step step = HeartbeatPolicy.none().judge(new Silence(Duration.ofDays(1000), Optional.empty(), 0));

        assertThat(step.action()).isEqualTo(Action.WAIT);
        assertThat(step.next()).isPositive();
    }

    @Test
    void only_an_application_ping_has_an_event() {
        EventType<Void> beat = EventType.of("beat");

        assertThat(HeartbeatPolicy.applicationPing(beat, Duration.ofSeconds(25)).pingEvent())
                .contains(beat);
        assertThat(HeartbeatPolicy.serverPing().pingEvent()).isEmpty();
        assertThat(HeartbeatPolicy.clientDriven(Duration.ofSeconds(1)).pingEvent())
                .isEmpty();
    }

    @Test
    void an_application_ping_is_judged_as_a_server_ping_is() {
        HeartbeatPolicy policy = HeartbeatPolicy.applicationPing(EventType.of("beat"), Duration.ofSeconds(25));

        requireStep(policy, 25_000, null, 0, Action.PING, 10_000);
        requireStep(policy, 35_000, 10_000L, 0, Action.CLOSE, 0);
    }

    @Test
    void a_policy_says_what_it_is() {
        assertThat(HeartbeatPolicy.serverPing()).hasToString("ping every PT25S (jitter 0.2), answer within PT10S");
    }

    private static void requireStep(
            HeartbeatPolicy policy, long quiet, @Nullable Long sincePing, double jitter, Action action, long next) {
        Optional<Duration> pinged = Optional.ofNullable(sincePing).map(Duration::ofMillis);
        Step step = policy.judge(new Silence(Duration.ofMillis(quiet), pinged, jitter));

        assertThat(step).isEqualTo(new Step(action, Duration.ofMillis(next)));
    }
}
