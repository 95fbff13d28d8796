// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import io.hubwire.internal.session.ClientSession;
import org.jspecify.annotations.Nullable;

/** Takes the credentials that clients bring while their sessions go on. Thread-safe. */
@FunctionalInterface
public interface CredentialReceiver {
    /** Judges one, soon, and answers under this id, if there is one. Never blocks. */
    void receive(ClientSession client, String token, @Nullable String id);
}
