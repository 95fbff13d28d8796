// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.HubException;
import org.jspecify.annotations.Nullable;

/** A body does not fit the type that it is bound to. */
public final class InvalidPayloadException extends HubException {
    private static final long serialVersionUID = 1L;

    private final String path;

    /**
     * With the place of the fault.
     *
     * @param path of the field, such as {@code lines[2].cents}; empty for the body itself
     * @param detail for the developer; the client does not see it
     */
    public InvalidPayloadException(String path, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.path = path;
    }

    /** The path of the field that does not fit. */
    public String path() {
        return path;
    }
}
