// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting, just within and just beyond its range. */
class SettingsTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final InboundLimits INBOUND = InboundLimits.defaults();
    private static final ConnectionLimits CONNECTIONS = ConnectionLimits.defaults();
    private static final OutboxPolicy OUTBOX = OutboxPolicy.defaults();

    static Stream<Arguments> numbers() {
        return Stream.of(
                number("outbox.messages", 1, 1_000_000, value -> OutboxPolicy.atMost((int) value, 1024)),
                number("outbox.bytes", 1024, 1L << 30, value -> OutboxPolicy.atMost(1, value)),
                number("outbox.hubBytes", 1L << 20, 1L << 40, OUTBOX::hubBytes),
                number("limits.messageBytes", 128, 16 << 20, value -> INBOUND.messageBytes((int) value)),
                number("limits.fragments", 1, 1_000_000, value -> INBOUND.fragments((int) value)),
                number("limits.eventsPerSecond", 1, UNLIMITED, value -> INBOUND.eventsPerSecond((int) value, 1)),
                number("limits.eventsPerSecond.burst", 1, UNLIMITED, value -> INBOUND.eventsPerSecond(1, (int) value)),
                number("limits.bytesPerSecond", 1, UNLIMITED, value -> INBOUND.bytesPerSecond((int) value, 1)),
                number("limits.bytesPerSecond.burst", 1, UNLIMITED, value -> INBOUND.bytesPerSecond(1, (int) value)),
                number("limits.malformedPerMinute", 1, 100_000, value -> INBOUND.malformedPerMinute((int) value)),
                number("limits.groups", 1, UNLIMITED, value -> INBOUND.groups((int) value)),
                number("limits.mailbox.messages", 1, 100_000, value -> INBOUND.mailbox((int) value, 128)),
                number("limits.mailbox.bytes", 128, 1L << 30, value -> INBOUND.mailbox(1, value)),
                number("limits.hubBytes", 1L << 20, 1L << 40, INBOUND::hubBytes),
                number("connections.total", 1, UNLIMITED, value -> CONNECTIONS.total((int) value)),
                number("connections.perUser", 1, UNLIMITED, value -> CONNECTIONS.perUser((int) value)),
                number(
                        "connections.handshakesPerSecond",
                        1,
                        UNLIMITED,
                        value -> CONNECTIONS.handshakesPerSecond((int) value, 1)),
                number(
                        "connections.handshakesPerSecond.burst",
                        1,
                        UNLIMITED,
                        value -> CONNECTIONS.handshakesPerSecond(1, (int) value)),
                number(
                        "connections.pendingAdmissions",
                        1,
                        UNLIMITED,
                        value -> CONNECTIONS.pendingAdmissions((int) value)),
                number("Admission.refuse(status)", 400, 599, value -> Admission.refuse((int) value)));
    }

    static Stream<Arguments> durations() {
        return Stream.of(
                duration("outbox.sendTimeout", OUTBOX::sendTimeout),
                duration("outbox.closeGrace", OUTBOX::closeGrace),
                duration("limits.handlerTime", INBOUND::handlerTime),
                duration("connections.admissionTime", CONNECTIONS::admissionTime),
                duration("connections.openTime", CONNECTIONS::openTime),
                duration("heartbeat.interval", HeartbeatPolicy::pingEvery),
                duration(
                        "heartbeat.timeout",
                        value -> HeartbeatPolicy.serverPing().answerWithin(value)),
                duration("heartbeat.maxSilence", HeartbeatPolicy::clientDriven),
                duration("shutdownGrace", value -> Hub.builder().shutdownGrace(value)),
                duration("route.timeout", value -> Hub.builder().on("x", client -> {}, route -> route.timeout(value))));
    }

    private interface Setter {
        void set(Duration value);
    }

    private static Arguments number(String setting, long min, long max, LongConsumer setter) {
        return arguments(setting, min, max, setter);
    }

    private static Arguments duration(String setting, Setter setter) {
        return arguments(setting, setter);
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @MethodSource("numbers")
    void a_number_is_taken_within_its_range_and_refused_beyond(
            String setting, long min, long max, LongConsumer setter) {
        assertThatCode(() -> setter.accept(min)).doesNotThrowAnyException();
        assertThatCode(() -> setter.accept(max)).doesNotThrowAnyException();
        requireRefused(setting, min - 1, min, max, () -> setter.accept(min - 1));
        requireRefused(setting, -1, min, max, () -> setter.accept(-1));
        if (max != UNLIMITED) {
            requireRefused(setting, max + 1, min, max, () -> setter.accept(max + 1));
        }
    }

    private static void requireRefused(String setting, long value, long min, long max, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(setting + " is " + value + ", allowed is " + min + " to " + max);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("durations")
    void a_duration_is_more_than_zero_and_at_most_a_year(String setting, Setter setter) {
        assertThatCode(() -> setter.set(ofNanos(1))).doesNotThrowAnyException();
        assertThatCode(() -> setter.set(ofDays(365))).doesNotThrowAnyException();
        for (Duration bad :
                new Duration[] {Duration.ZERO, ofNanos(-1), ofDays(365).plusNanos(1)}) {
            assertThatThrownBy(() -> setter.set(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(setting + " is " + bad + ", allowed is more than zero and at most 365 days");
        }
    }

    @Test
    void a_jitter_is_a_fraction_up_to_a_half() {
        PingHeartbeat policy = HeartbeatPolicy.serverPing();
        DoubleConsumer jitter = policy::jitter;

        assertThatCode(() -> jitter.accept(0)).doesNotThrowAnyException();
        assertThatCode(() -> jitter.accept(0.5)).doesNotThrowAnyException();
        for (double bad : new double[] {-0.01, 0.51, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> jitter.accept(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("heartbeat.jitter is " + bad + ", allowed is 0.0 to 0.5");
        }
    }

    @Test
    void each_call_leaves_the_settings_before_as_they_were() {
        OUTBOX.hubBytes(1 << 20)
                .onOverflow(Overflow.DROP_NEWEST)
                .sendTimeout(ofDays(1))
                .closeGrace(ofDays(1));
        INBOUND.messageBytes(128).groups(1).mailbox(1, 128).handlerTime(ofDays(1));
        CONNECTIONS.total(1).perUser(1).openTime(ofDays(1));

        assertThat(OUTBOX).usingRecursiveComparison().isEqualTo(OutboxPolicy.atMost(256, 1 << 20));
        assertThat(INBOUND.messageBytes()).isEqualTo(65_536);
        assertThat(CONNECTIONS.total()).isEqualTo(10_000);
    }
}
