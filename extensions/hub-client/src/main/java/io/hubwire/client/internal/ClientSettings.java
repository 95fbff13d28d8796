// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.TokenCause;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** What the builder was told. */
public record ClientSettings(
        URI uri,
        Function<? super TokenCause, ? extends CompletionStage<String>> token,
        Duration connectTimeout,
        Duration requestTimeout,
        int queuedMessages,
        int queuedBytes) {

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** The duration, if it is positive; at most so much that it can be counted in nanoseconds. */
    public static Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " of " + value + " is not positive");
        }
        return value.compareTo(LONGEST) < 0 ? value : LONGEST;
    }
}
