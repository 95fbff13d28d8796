// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open connection. Driven from one lane. */
public interface ClientSocket {
    /** Sends a text message; the next one only after {@code done} has been told, with the failure if there was one. Never blocks. */
    void send(String text, Consumer<@Nullable Throwable> done);

    /** Closes it. Never blocks. A second call does nothing. */
    void close(int code, String text);
}
