// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.Optional;

/** What a client of the hubwire.v1 profile says first. Immutable. */
record Greeting(Optional<String> token, Optional<Claim> claim) {
    Greeting claiming(Optional<Claim> other) {
        return new Greeting(token, other);
    }

    /** As it travels. */
    String text() {
        return ClientJson.hello(token, claim);
    }

    /** As transcripts show it, without secrets. */
    String shown() {
        return "hub/hello"
                + token.map(unused -> " with a token").orElse("")
                + claim.map(claimed -> " claiming its session behind #" + claimed.number())
                        .orElse("");
    }
}
