// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.internal.routing.Failures;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import io.hubwire.spi.HubRuntime;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what an authenticator threw into an HTTP status. Thread-safe. */
final class AuthenticationFailures {
    private static final Logger LOG = System.getLogger("io.hubwire.admission");
    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final HubRuntime runtime;

    /** A stranger can provoke as many failures as handshakes, so that the log gets one a second. */
    @GuardedBy("this")
    private long quietUntil;

    AuthenticationFailures(HubRuntime runtime) {
        this.runtime = runtime;
        this.quietUntil = runtime.nanoTime();
    }

    int statusOf(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Failures.unwrapped(failure);
        if (cause instanceof EventException expected) {
            return expected.code().equals(ErrorCode.FORBIDDEN) ? FORBIDDEN : UNAUTHORIZED;
        }
        if (mayLog()) {
            LOG.log(Level.WARNING, "the authenticator failed, the handshake is refused; told once a second", cause);
        }
        return UNAUTHORIZED;
    }

    private synchronized boolean mayLog() {
        long now = runtime.nanoTime();
        if (now < quietUntil) {
            return false;
        }
        quietUntil = now + QUIET_NANOS;
        return true;
    }
}
