// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/** Why a client asks for a token. After {@link #EXPIRED} and {@link #REVOKED} the same one again ends the client. */
public enum TokenCause {
    /** It is about to connect. */
    CONNECT,
    /** The hub says that the credentials expire soon; the connection stays. */
    EXPIRING,
    /** The hub has closed the connection because they had expired. */
    EXPIRED,
    /** The hub has closed the connection because they are not valid any more. */
    REVOKED
}
