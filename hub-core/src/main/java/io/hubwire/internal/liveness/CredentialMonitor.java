// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.liveness;

import io.hubwire.internal.runtime.CoarseTimer;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Resumption;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.internal.session.SessionRef;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks after the credentials of clients that resume: asks for another one before one expires, and gives the connection up when none
 * has come. The session goes on for whoever comes back as the same user. A credential that was replaced has no say any more.
 * Thread-safe.
 */
public final class CredentialMonitor {
    /** A credential that lives longer than this is looked at after it, which is as good as never. */
    static final Duration LONGEST = Duration.ofDays(3650);

    private static final long NOTICE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final long MILLI_NANOS = Duration.ofMillis(1).toNanos();

    /** One credential of one client. */
    private record Watch(SessionRef client, long expiryNanos) {}

    private final HubRuntime runtime;
    private final CoarseTimer<Watch> timer;

    /** Nobody is watched yet. */
    public CredentialMonitor(HubRuntime runtime) {
        this.runtime = runtime;
        this.timer = new CoarseTimer<>(runtime, "credential expiry", (watch, late) -> due(watch));
    }

    /** From now on this is when the client's credential expires, if ever. */
    public void watch(ClientSession client, Optional<Instant> expiry) {
        if (expiry.isEmpty()) {
            resumption(client).credential(null);
            return;
        }
        long now = runtime.nanoTime();
        long left = within(Duration.between(runtime.now(), expiry.get()));
        Watch watch = new Watch(client.ref(), now + left);
        resumption(client).credential(watch);
        timer.add(watch, now + left - Math.min(NOTICE_NANOS, left / 2));
    }

    /** From zero to the longest, in nanoseconds. */
    static long within(Duration left) {
        return left.isNegative() ? 0 : left.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : left.toNanos();
    }

    /** Ends all watching. */
    public void close() {
        timer.close();
    }

    private void due(Watch watch) {
        ClientSession client = watch.client().session();
        if (client == null || !client.isConnected() || !resumption(client).isCredential(watch)) {
            return;
        }
        long left = watch.expiryNanos() - runtime.nanoTime();
        if (left <= 0) {
            client.end(CloseReason.CREDENTIALS_EXPIRED, Ending.DRAINED);
        } else {
            askForAnother(client, left);
            timer.add(watch, watch.expiryNanos());
        }
    }

    /** Not one that is away: it brings its credential when it comes back. */
    private static void askForAnother(ClientSession client, long leftNanos) {
        if (!client.isAway()) {
            Map<String, Long> notice = Map.of("inMs", leftNanos / MILLI_NANOS);
            client.offer(client.context().messages().control("hub/auth-expiring", notice), true);
        }
    }

    private static Resumption resumption(ClientSession client) {
        return Objects.requireNonNull(client.resumption());
    }
}
