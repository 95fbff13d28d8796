// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Admission;
import io.hubwire.spi.Handshake;
import java.util.Set;

/** Whom a test says a client is; the authenticator of {@link TestHub} believes it. */
record TestIdentity(String user, Set<String> roles) {
    static Admission admit(Handshake handshake) {
        return handshake.unwrap(TestIdentity.class).map(TestIdentity::admission).orElseGet(Admission::anonymous);
    }

    private Admission admission() {
        return Admission.asUser(user).roles(roles.toArray(String[]::new));
    }
}
