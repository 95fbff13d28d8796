// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How many may connect. Immutable: each call returns another one. Values out of range fail at the call. */
public final class ConnectionLimits {
    /** For a limit that is to be off: it must be spelled out. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final ConnectionLimits DEFAULTS =
            new ConnectionLimits(10_000, 32, 200, 400, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(10), null);

    private final int total;
    private final int perUser;
    private final int handshakesPerSecond;
    private final int handshakesBurst;
    private final int pendingAdmissions;
    private final Duration admissionTime;
    private final Duration openTime;
    private final @Nullable Duration maxAge;

    private ConnectionLimits(
            int total,
            int perUser,
            int handshakesPerSecond,
            int handshakesBurst,
            int pendingAdmissions,
            Duration admissionTime,
            Duration openTime,
            @Nullable Duration maxAge) {
        this.total = total;
        this.perUser = perUser;
        this.handshakesPerSecond = handshakesPerSecond;
        this.handshakesBurst = handshakesBurst;
        this.pendingAdmissions = pendingAdmissions;
        this.admissionTime = admissionTime;
        this.openTime = openTime;
        this.maxAge = maxAge;
    }

    /** 10,000 in total, 32 for a user, 200 handshakes/s (burst 400), 1,000 undecided at a time, 10 s for a decision. */
    public static ConnectionLimits defaults() {
        return DEFAULTS;
    }

    /** How many connections the hub has room for: 1–{@link #UNLIMITED}, default 10,000. Beyond: 503. */
    public ConnectionLimits total(int count) {
        Settings.within("connections.total", count, 1, UNLIMITED);
        return new ConnectionLimits(
                count,
                perUser,
                handshakesPerSecond,
                handshakesBurst,
                pendingAdmissions,
                admissionTime,
                openTime,
                maxAge);
    }

    /**
     * How many connections a user may have: 1–{@link #UNLIMITED}, default 32. Beyond: 429. With {@link LoginPolicy#NEWEST_ONLY} those
     * that are open make way and do not count.
     */
    public ConnectionLimits perUser(int count) {
        Settings.within("connections.perUser", count, 1, UNLIMITED);
        return new ConnectionLimits(
                total, count, handshakesPerSecond, handshakesBurst, pendingAdmissions, admissionTime, openTime, maxAge);
    }

    /**
     * How many handshakes a second are looked at, and how many at once after a pause. Beyond: 503 with {@code Retry-After}.
     *
     * @param perSecond 1–{@link #UNLIMITED}, default 200
     * @param burst 1–{@link #UNLIMITED}, default 400
     */
    public ConnectionLimits handshakesPerSecond(int perSecond, int burst) {
        Settings.within("connections.handshakesPerSecond", perSecond, 1, UNLIMITED);
        Settings.within("connections.handshakesPerSecond.burst", burst, 1, UNLIMITED);
        return new ConnectionLimits(
                total, perUser, perSecond, burst, pendingAdmissions, admissionTime, openTime, maxAge);
    }

    /** How many handshakes may be undecided at a time, in a blocking authenticator too: 1–{@link #UNLIMITED}, default 1,000. Beyond: 503. */
    public ConnectionLimits pendingAdmissions(int count) {
        Settings.within("connections.pendingAdmissions", count, 1, UNLIMITED);
        return new ConnectionLimits(
                total, perUser, handshakesPerSecond, handshakesBurst, count, admissionTime, openTime, maxAge);
    }

    /** How long an asynchronous authenticator may take: default 10 s. Beyond: 503. */
    public ConnectionLimits admissionTime(Duration limit) {
        Settings.positive("connections.admissionTime", limit);
        return new ConnectionLimits(
                total, perUser, handshakesPerSecond, handshakesBurst, pendingAdmissions, limit, openTime, maxAge);
    }

    /** How long a place is kept for a connection that was admitted and has not opened: default 10 s. */
    public ConnectionLimits openTime(Duration limit) {
        Settings.positive("connections.openTime", limit);
        return new ConnectionLimits(
                total, perUser, handshakesPerSecond, handshakesBurst, pendingAdmissions, admissionTime, limit, maxAge);
    }

    /**
     * How long a connection may be open; default: as long as it likes. So that credentials are looked at again and clients spread anew
     * over the nodes. Each connection is closed at a time of its own within the last tenth: of the {@code hubwire.v1} profile with 4203,
     * and its session goes on over the next one; others with 1012.
     */
    public ConnectionLimits maxAge(Duration limit) {
        Settings.positive("connections.maxAge", limit);
        return new ConnectionLimits(
                total,
                perUser,
                handshakesPerSecond,
                handshakesBurst,
                pendingAdmissions,
                admissionTime,
                openTime,
                limit);
    }

    /** How many connections the hub has room for. */
    public int total() {
        return total;
    }

    /** How many connections a user may have. */
    public int perUser() {
        return perUser;
    }

    /** How many handshakes a second are looked at. */
    public int handshakesPerSecond() {
        return handshakesPerSecond;
    }

    /** How many handshakes at once after a pause. */
    public int handshakesBurst() {
        return handshakesBurst;
    }

    /** How many handshakes may be undecided at a time. */
    public int pendingAdmissions() {
        return pendingAdmissions;
    }

    /** How long an asynchronous authenticator may take. */
    public Duration admissionTime() {
        return admissionTime;
    }

    /** How long a place is kept for a connection that has not opened. */
    public Duration openTime() {
        return openTime;
    }

    /** How long a connection may be open, if not for ever. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(maxAge);
    }
}
