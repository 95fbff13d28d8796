// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.spi.Handshake;
import java.util.concurrent.CompletionStage;

/** Decides later who may connect, and as whom. User code: must be thread-safe, must not block. */
@FunctionalInterface
public interface AsyncAuthenticator {
    /**
     * Judges a handshake. A throw or a failed stage refuses it; a stage that is not completed within
     * {@link ConnectionLimits#admissionTime()} refuses it with 503.
     */
    CompletionStage<Admission> authenticate(Handshake handshake);
}
