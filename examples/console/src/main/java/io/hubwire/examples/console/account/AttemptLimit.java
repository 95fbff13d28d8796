// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often something may be tried under a key: some times at once, then once more each interval. Thread-safe.
 *
 * <p>Remembers the {@value #MAX_KEYS} keys that were tried last, and of each key at most {@value #MAX_KEY_LENGTH} characters:
 * who wants to be forgotten earlier has to find that many other keys.
 */
final class AttemptLimit {
    static final int MAX_KEYS = 10_000;
    static final int MAX_KEY_LENGTH = 64;

    private final int atOnce;
    private final Duration interval;
    private final InstantSource clock;

    /** Until when a key has not been forgiven all of its attempts: each adds an interval. */
    @GuardedBy("this")
    private final Map<String, Instant> forgivenAt = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MAX_KEYS;
        }
    };

    AttemptLimit(int atOnce, Duration interval, InstantSource clock) {
        this.atOnce = atOnce;
        this.interval = interval;
        this.clock = clock;
    }

    /** Counts an attempt and returns zero, or does not count it and returns how long to wait before the next. */
    synchronized Duration attempt(String key) {
        Instant now = clock.instant();
        Instant forgiven = forgiven(shortened(key), now);
        Duration wait = Duration.between(now, forgiven).minus(interval.multipliedBy(atOnce - 1L));
        if (wait.compareTo(Duration.ZERO) > 0) {
            return wait;
        }
        forgivenAt.put(shortened(key), forgiven.plus(interval));
        return Duration.ZERO;
    }

    /** Forgives one attempt. */
    synchronized void forgive(String key) {
        forgivenAt.computeIfPresent(shortened(key), (unused, at) -> at.minus(interval));
    }

    /** How many keys it remembers. */
    synchronized int size() {
        return forgivenAt.size();
    }

    /** Never farther away than all attempts at once would bring it: a clock that was set back locks nobody out. */
    @GuardedBy("this")
    private Instant forgiven(String key, Instant now) {
        Instant at = forgivenAt.getOrDefault(key, now);
        Instant latest = now.plus(interval.multipliedBy(atOnce));
        return at.isBefore(now) ? now : at.isAfter(latest) ? latest : at;
    }

    private static String shortened(String key) {
        return key.length() <= MAX_KEY_LENGTH ? key : key.substring(0, MAX_KEY_LENGTH);
    }
}
