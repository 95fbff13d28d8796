// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.Optional;

/**
 * A pure function from a client's silence to what the hub does about it: wait, ping, or close.
 *
 * <p>Only what a client sends ends its silence; what the hub sends does not. Implementations must be thread-safe and quick, and
 * have no state. A peer that is gone is found within interval · (1 + jitter) + timeout, and a few ticks of 0.1 s; one whose ping
 * cannot be made, when a send or that ping has been stuck for too long.
 */
@FunctionalInterface
public interface HeartbeatPolicy {
    /**
     * A client's silence.
     *
     * @param quiet since anything was received from it; a pause of the hub itself is not counted
     * @param sincePing since the hub's last ping was made, if that was within this silence
     * @param jitter the client's own number within −1…1, drawn when it connected
     */
    record Silence(Duration quiet, Optional<Duration> sincePing, double jitter) {}

    /** What to do now, and after which time to ask again if nothing is received. */
    record Step(Action action, Duration next) {
        /** Do nothing. */
        public static Step waitFor(Duration next) {
            return new Step(Action.WAIT, next);
        }

        /** Ping, and give it this time to answer. */
        public static Step ping(Duration timeout) {
            return new Step(Action.PING, timeout);
        }

        /** End the session with 4201. */
        public static Step close() {
            return new Step(Action.CLOSE, Duration.ZERO);
        }
    }

    /** The kinds of step. */
    enum Action {
        /** Nothing. */
        WAIT,
        /** A ping: a frame of the protocol, or {@link HeartbeatPolicy#pingEvent()}. */
        PING,
        /** The end. */
        CLOSE
    }

    /** Judges a silence. Called when a session begins, with no silence, and then when the last step's time is over. */
    Step judge(Silence silence);

    /** The event that is sent as a ping; empty for a ping of the WebSocket protocol, which browsers answer by themselves. */
    default Optional<EventType<Void>> pingEvent() {
        return Optional.empty();
    }

    /** Protocol pings after 25 s of silence (± 20 %), 10 s to answer: the default. */
    static PingHeartbeat serverPing() {
        return PingHeartbeat.DEFAULT;
    }

    /**
     * Protocol pings after this much silence.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    static PingHeartbeat pingEvery(Duration interval) {
        return PingHeartbeat.DEFAULT.every(interval);
    }

    /**
     * Pings by an event that the client's code sees and answers with any message: for proxies that swallow protocol pings, and
     * clients that want to notice a dead server.
     */
    static PingHeartbeat applicationPing(EventType<Void> event, Duration interval) {
        return PingHeartbeat.DEFAULT.every(interval).by(event);
    }

    /**
     * The client must send something often enough; the hub never pings. Background tabs of browsers send at most once a minute:
     * give those at least 150 s.
     *
     * @throws IllegalArgumentException if the limit is not positive
     */
    static HeartbeatPolicy clientDriven(Duration maxSilence) {
        Settings.positive("heartbeat.maxSilence", maxSilence);
        return silence -> {
            Duration left = maxSilence.minus(silence.quiet());
            return left.isNegative() || left.isZero() ? Step.close() : Step.waitFor(left);
        };
    }

    /** HotGo's way: its front end pings by itself every 5 s, {@link StandardEvents#ping()} echoes, and 5 minutes of silence end it. */
    static HeartbeatPolicy hotGo() {
        return clientDriven(Duration.ofMinutes(5));
    }

    /** Nothing: a peer that vanished is found only by TCP, or when something is sent to it. */
    static HeartbeatPolicy none() {
        return silence -> Step.waitFor(Duration.ofDays(1));
    }
}
