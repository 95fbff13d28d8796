// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.protocol.ErrorCode;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class AuthenticationFailuresTest {
    private final AuthenticationFailures failures = new AuthenticationFailures(new ManualRuntime());

    @Test
    void a_refusal_is_seen_through_whatever_stages_and_futures_put_around_it() {
        Throwable refusal = ErrorCode.FORBIDDEN.exception();

        assertThat(failures.statusOf(refusal)).isEqualTo(403);
        assertThat(failures.statusOf(new CompletionException(refusal))).isEqualTo(403);
        assertThat(failures.statusOf(new CompletionException(new ExecutionException(refusal))))
                .isEqualTo(403);
    }

    @Test
    void anything_else_is_401() {
        assertThat(failures.statusOf(ErrorCode.UNAUTHENTICATED.exception())).isEqualTo(401);
        assertThat(failures.statusOf(new IllegalStateException("no database"))).isEqualTo(401);
        assertThat(failures.statusOf(null)).isEqualTo(401);
    }
}
