// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

/** How many sessions one user may have at a time, within {@link ConnectionLimits#perUser()}. */
public enum LoginPolicy {
    /** As many as the limit on connections allows. */
    ANY_NUMBER,
    /** One: a new session ends the older ones with 4005, so that only connections that have not opened yet count for the limit. */
    NEWEST_ONLY,
    /** One: while there is a session, a new handshake is refused with 409. */
    FIRST_ONLY
}
