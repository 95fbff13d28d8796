// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.TypeToken;
import java.util.Optional;

/** One message of the hub, its payload not yet bound. Immutable and thread-safe. */
public interface HubMessage {
    /** The event's name. */
    String event();

    /** 0, or an error's number. */
    int code();

    /** The error's text; empty if there is none. */
    String errorText();

    /** When the hub wrote it, in seconds since the epoch. */
    long timestamp();

    /** Whether it is neither counted nor sent again after a resume. */
    boolean isVolatile();

    /** The payload as JSON; empty if there is none. */
    String text();

    /**
     * The payload as a value; empty if there is none.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    <T> Optional<T> as(Class<T> type);

    /** The same for a generic type. */
    <T> Optional<T> as(TypeToken<T> type);
}
