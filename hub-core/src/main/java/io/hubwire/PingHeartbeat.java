// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.HeartbeatPolicy.Silence;
import io.hubwire.HeartbeatPolicy.Step;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Pings a client that was silent for a while, and closes if that brings nothing. Immutable: each call returns another one. */
public final class PingHeartbeat implements HeartbeatPolicy {
    static final PingHeartbeat DEFAULT = new PingHeartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), 0.2, null);

    private final Duration interval;
    private final Duration timeout;
    private final double jitter;
    private final @Nullable EventType<Void> event;

    private PingHeartbeat(Duration interval, Duration timeout, double jitter, @Nullable EventType<Void> event) {
        this.interval = interval;
        this.timeout = timeout;
        this.jitter = jitter;
        this.event = event;
    }

    PingHeartbeat every(Duration silence) {
        return new PingHeartbeat(Settings.positive("heartbeat.interval", silence), timeout, jitter, event);
    }

    PingHeartbeat by(EventType<Void> ping) {
        return new PingHeartbeat(interval, timeout, jitter, ping);
    }

    /**
     * How long the client has to send anything after a ping; default 10 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public PingHeartbeat answerWithin(Duration limit) {
        return new PingHeartbeat(interval, Settings.positive("heartbeat.timeout", limit), jitter, event);
    }

    /**
     * By how much a client's interval may differ, so that pings do not come in waves; default 0.2.
     *
     * @throws IllegalArgumentException if it is not within 0–0.5
     */
    public PingHeartbeat jitter(double fraction) {
        return new PingHeartbeat(interval, timeout, Settings.within("heartbeat.jitter", fraction, 0, 0.5), event);
    }

    @Override
    public Step judge(Silence silence) {
        Duration ownInterval = ownInterval(silence.jitter());
        if (silence.sincePing().isPresent()) {
            Duration left = timeout.minus(silence.sincePing().get());
            return isOver(left) ? Step.close() : Step.waitFor(shorter(left, ownInterval));
        }
        Duration left = ownInterval.minus(silence.quiet());
        return isOver(left) ? Step.ping(shorter(timeout, ownInterval)) : Step.waitFor(left);
    }

    @Override
    public Optional<EventType<Void>> pingEvent() {
        return Optional.ofNullable(event);
    }

    /** After how much silence a client is asked. */
    public Duration interval() {
        return interval;
    }

    /** How long it has to answer. */
    public Duration timeout() {
        return timeout;
    }

    private Duration ownInterval(double ownJitter) {
        return Duration.ofNanos((long) (interval.toNanos() * (1 + jitter * ownJitter)));
    }

    /** The next silence begins with the answer: whoever looks only when a longer timeout is over, pings too late. */
    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static boolean isOver(Duration left) {
        return left.isNegative() || left.isZero();
    }

    @Override
    public String toString() {
        return "ping every " + interval + " (jitter " + jitter + "), answer within " + timeout;
    }
}
