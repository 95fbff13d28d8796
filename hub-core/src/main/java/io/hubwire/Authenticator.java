// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.spi.Handshake;

/** Decides who may connect, and as whom. User code: must be thread-safe, may block. */
@FunctionalInterface
public interface Authenticator {
    /** Judges a handshake. A throw refuses it. */
    Admission authenticate(Handshake handshake) throws Exception;
}
