// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import org.jspecify.annotations.Nullable;

/** The root of what Hubwire throws; always one of its subclasses. */
public abstract class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the developer; a client never sees it. */
    protected HubException(String message) {
        super(message);
    }

    /** With a message for the developer, and what caused it. */
    protected HubException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
