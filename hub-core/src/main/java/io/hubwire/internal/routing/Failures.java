// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.InvalidPayloadException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The only place that turns an exception into what a client sees. Thread-safe. */
public final class Failures {
    private static final Logger LOG = System.getLogger("io.hubwire.handlers");
    private static final int INCIDENT_RADIX = 36;

    private final HubRuntime runtime;

    Failures(HubRuntime runtime) {
        this.runtime = runtime;
    }

    /** What tells the client that its message failed; reports it. */
    Outgoing error(ClientSession client, String event, @Nullable String id, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof EventException expected) {
            return error(client, event, id, expected.code(), expected.data().orElse(null));
        }
        if (cause instanceof InvalidPayloadException invalid) {
            LOG.log(Level.DEBUG, () -> "payload of '" + event + "' from " + client + " does not fit", invalid);
            return error(client, event, id, ErrorCode.INVALID_PAYLOAD, Map.of("path", invalid.path()));
        }
        return error(client, event, id, ErrorCode.HANDLER_FAILED, Map.of("incident", report(client, event, cause)));
    }

    /** Tells the client that its message was not handled, with a code of our own. */
    void answer(ClientSession client, String event, @Nullable String id, ErrorCode code, @Nullable Object data) {
        client.offer(error(client, event, id, code, data), true);
    }

    private Outgoing error(
            ClientSession client, String event, @Nullable String id, ErrorCode code, @Nullable Object data) {
        Outgoing error;
        try {
            error = client.context().messages().error(event, code, data, id);
        } catch (RuntimeException | Error unwritable) { // of the data, which is user code
            Object incident = Map.of("incident", report(client, event, unwritable));
            error = client.context().messages().error(event, ErrorCode.HANDLER_FAILED, incident, id);
        }
        client.context().observer().failed(client.id(), event, code);
        return error;
    }

    /** Logs what a client must not see, and returns the incident's id, by which the log can be found. */
    public String report(ClientSession client, String event, Throwable failure) {
        String incident = Long.toUnsignedString(runtime.random().nextLong(), INCIDENT_RADIX);
        LOG.log(
                Level.ERROR,
                () -> "handler of '" + event + "' failed for " + client + ", incident " + incident,
                failure);
        client.context().observer().handlerFailed(client.id(), event, incident, failure);
        return incident;
    }

    /** What user code threw, without what a stage or a future put around it. */
    public static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean isWrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return isWrapper && cause != null ? unwrapped(cause) : failure;
    }
}
