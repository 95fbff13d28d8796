// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.HubException;
import org.jspecify.annotations.Nullable;

/** A client's message is not an envelope. */
public final class MalformedMessageException extends HubException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    /**
     * With the code that the client sees.
     *
     * @param code {@link ErrorCode#MALFORMED} or {@link ErrorCode#INVALID_ENVELOPE}
     * @param detail for the developer; the client does not see it
     */
    public MalformedMessageException(ErrorCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /** What the client sees. */
    public ErrorCode code() {
        return code;
    }
}
