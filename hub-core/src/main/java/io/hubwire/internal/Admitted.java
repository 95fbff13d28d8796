// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Admission;
import java.util.Optional;

/**
 * Somebody who may come in.
 *
 * @param askedNanos when the application began to look at the credential: whatever was revoked later, it may not have known
 */
record Admitted(Admission admission, long askedNanos) {
    Optional<String> userId() {
        return admission.user().map(user -> user.id());
    }
}
