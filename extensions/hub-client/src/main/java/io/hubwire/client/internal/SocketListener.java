// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

/** Hears of one connection: first opened, then texts in order, at last closed; or closed alone. One call at a time. */
public interface SocketListener {
    /** Whether nobody waits for the connection any more: if it is not open yet, it need not be opened. */
    boolean isPointless();

    /** It is open, and the hub has taken the subprotocol. */
    void opened(ClientSocket socket);

    /** A whole text message. May wait until the client has room for it. */
    void text(String text);

    /** It is closed by the peer, lost (1006), or could not be opened (1006). Later calls mean nothing. */
    void closed(int code, String text);
}
