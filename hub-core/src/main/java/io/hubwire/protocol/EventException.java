// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure of one event that the client may see: its {@link ErrorCode}, and data that the application chose.
 *
 * <p>Made by {@link ErrorCode#exception()}. It records no stack trace: it is an answer, not an accident.
 */
public final class EventException extends HubException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient @Nullable Object data;

    EventException(ErrorCode code, @Nullable Object data) {
        super(code.toString());
        this.code = code;
        this.data = data;
    }

    /** What the client sees. */
    public ErrorCode code() {
        return code;
    }

    /** What travels with it, if anything. */
    public Optional<Object> data() {
        return Optional.ofNullable(data);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // nothing is filled in
    public Throwable fillInStackTrace() {
        return this;
    }
}
