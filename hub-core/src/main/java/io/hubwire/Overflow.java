// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/** What happens when a message does not fit into a client's outbox. */
public enum Overflow {
    /** The session ends with 4104. */
    DISCONNECT,
    /** The oldest messages that wait are dropped until it fits. */
    DROP_OLDEST,
    /** The message itself is dropped. */
    DROP_NEWEST
}
