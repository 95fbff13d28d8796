// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.HandledIds;
import io.hubwire.internal.session.HandledIds.Repetition;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.internal.session.Resumption;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.HubRuntime;
import org.jspecify.annotations.Nullable;

/** Messages with an id that came before: only clients of the {@code hubwire.v1} profile are taken at their word. Thread-safe. */
final class Repetitions {
    private final HubRuntime runtime;
    private final Failures failures;

    Repetitions(HubRuntime runtime, Failures failures) {
        this.runtime = runtime;
        this.failures = failures;
    }

    /** Whether this is not to be handled, because it was before, or is being; answers it if it was. */
    boolean isRepeated(ClientSession client, Envelope.FromClient message) {
        HandledIds handled = handled(client, message);
        if (handled == null) {
            return false;
        }
        Repetition repetition = handled.begin(message.id().orElseThrow(), runtime.nanoTime());
        if (repetition == null) {
            return false;
        }
        if (repetition.answer() != null) {
            client.offer(repetition.answer(), true);
        } else if (!repetition.isRunning()) {
            failures.answer(client, message.event(), message.id().orElse(null), ErrorCode.ALREADY_HANDLED, null);
        }
        return true;
    }

    /** It was not handled, and may come again. */
    void refused(ClientSession client, Envelope.FromClient message) {
        HandledIds handled = handled(client, message);
        if (handled != null) {
            handled.refused(message.id().orElseThrow());
        }
    }

    /** It was handled. */
    void answered(ClientSession client, Envelope.FromClient message, Outgoing answer) {
        HandledIds handled = handled(client, message);
        if (handled != null) {
            handled.answered(message.id().orElseThrow(), answer);
        }
    }

    private static @Nullable HandledIds handled(ClientSession client, Envelope.FromClient message) {
        Resumption resumption = client.resumption();
        return resumption == null || message.id().isEmpty()
                ? null
                : resumption.correspondence().handled(client);
    }
}
