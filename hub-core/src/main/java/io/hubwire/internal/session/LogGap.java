// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

/** Messages that were dropped from a session's log; the client is told in their place. Guarded by the outbox. */
final class LogGap {
    final long from;
    long to;

    LogGap(long number) {
        from = number;
        to = number;
    }
}
