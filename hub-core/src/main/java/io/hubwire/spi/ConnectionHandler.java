// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.CloseReason;

/**
 * The hub's end of one connection: an adapter passes on what arrives.
 *
 * <p>Calls must not overlap, except {@link #onClosed}, which may come at any time. None of them blocks for long, and none
 * throws. After {@link #onClosed} all are ignored.
 */
public interface ConnectionHandler {
    /**
     * A text message or a part of it. The hub assembles parts and judges sizes, whatever the container does.
     *
     * @param last whether the message is complete with this part
     */
    void onText(String part, boolean last);

    /** A pong, asked for or not. */
    void onPong();

    /**
     * The peer did what the hub does not allow and the adapter has seen it: a binary message
     * ({@link CloseReason#UNSUPPORTED_DATA}), a message over the container's own limit ({@link CloseReason#TOO_BIG}). The
     * hub ends the session for this reason and closes the connection.
     */
    void onViolation(CloseReason reason);

    /**
     * The connection is gone, or the hub's own close frame is sent: many containers report that alike. The first call counts.
     * A connection that the hub has closed is {@linkplain Connection#abort() cut} some seconds later all the same.
     */
    void onClosed(CloseReason reason);
}
