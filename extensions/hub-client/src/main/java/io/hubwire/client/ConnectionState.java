// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/** Where a client stands between a hub and nothing. */
public enum ConnectionState {
    /** It gets a token, opens a connection and says hello. */
    CONNECTING,
    /** The hub has answered its hello. */
    OPEN,
    /** The connection is lost, or could not be made; it tries again later. */
    WAITING,
    /** For good. */
    CLOSED
}
