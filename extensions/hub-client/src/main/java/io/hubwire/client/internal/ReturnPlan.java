// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.CloseReason.Advice;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a client comes back after a connection has ended. Used from the lane only.
 *
 * <p>A connection was a good one when the hub had greeted it and it lasted five seconds, or when the network cut it after it had brought
 * something. A hub that greets its clients and sends them away again does not get them twice a second.
 */
final class ReturnPlan {
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long MOST_MILLIS = TimeUnit.HOURS.toMillis(1);
    private static final int FIRST_CODE_OF_HUBS = 4000;

    private final ClientRuntime runtime;
    private final Backoff backoff;
    private boolean isGreeted;
    private long greetedNanos;
    private boolean hasBrought;
    private boolean wasRevoked;
    /** When a hub that drains wants its clients back; only until the connection ends. */
    private @Nullable Long returnNanos;

    ReturnPlan(ClientRuntime runtime) {
        this.runtime = runtime;
        this.backoff = new Backoff(runtime::random);
    }

    /** The hub has answered a hello, and advises these bounds. */
    void greeted(long minMillis, long maxMillis) {
        backoff.advise(minMillis, Math.min(maxMillis, MOST_MILLIS));
        isGreeted = true;
        greetedNanos = runtime.nanoTime();
        hasBrought = false;
    }

    /** A counted message was applied. */
    void brought() {
        hasBrought = true;
    }

    /** The hub plans a close, and says when to come back; counts from now. */
    void drained(long millis) {
        returnNanos = runtime.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(Math.max(0, millis), MOST_MILLIS));
    }

    /** Whether this end is the last; new credentials are tried once after a revocation. To be asked once for each end. */
    boolean isFinal(CloseReason reason) {
        boolean isRevoked = reason.code() == CloseReason.CREDENTIALS_REVOKED.code();
        boolean isSecondTime = isRevoked && wasRevoked && !isStable();
        wasRevoked = isRevoked || (wasRevoked && !isStable());
        return isSecondTime || reason.advice() == Advice.STOP;
    }

    /** The wait before the next connection. To be asked once for each end. */
    long delayNanos(CloseReason reason) {
        if (isStable() || (isGreeted && hasBrought && isCut(reason))) {
            backoff.reset();
        }
        isGreeted = false;
        long now = runtime.nanoTime();
        Long planned = returnNanos;
        returnNanos = null;
        CloseReason meant = planned == null ? reason : CloseReason.DRAIN; // whatever code closes it
        long delay = TimeUnit.MILLISECONDS.toNanos(backoff.nextDelayMillis(meant));
        return planned != null && planned - now > 0 ? planned - now : delay;
    }

    private boolean isStable() {
        return isGreeted && runtime.nanoTime() - greetedNanos >= STABLE_NANOS;
    }

    /** By the network, not by somebody who wants this client to wait. */
    private static boolean isCut(CloseReason reason) {
        return reason.code() < FIRST_CODE_OF_HUBS
                && reason.code() != CloseReason.SERVICE_RESTART.code()
                && reason.code() != ClientCloses.BEHIND.code();
    }
}
