// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/** What became of an event that was to be sent. */
public enum SendOutcome {
    /** It is on its way, or waits for a connection. What turns out then to be larger than the hub takes is logged, and not sent. */
    ACCEPTED,
    /** As much waits as may: it was not taken. */
    QUEUE_FULL,
    /** It is larger than the hub takes: it was not taken. */
    TOO_BIG,
    /** The client is closed: it was not taken. */
    CLOSED
}
