// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.Hello.Claim;
import io.hubwire.internal.testing.BareHandshake;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a log would show of a hello. */
class HelloTest {
    private final Hello hello = new Hello(Optional.of("t0ken"), Optional.of(Claim.of("ann.s3cret", 41)));

    @Test
    void neither_its_token_nor_its_secret() {
        assertThat(hello).asString().contains("ann").contains("41").doesNotContain("t0ken", "s3cret");
    }

    @Test
    void nor_the_token_that_came_with_it_for_the_authenticator() {
        var handshake = new HelloHandshake(BareHandshake.anonymous(), hello.token());

        assertThat(handshake.token()).contains("t0ken");
        assertThat(handshake).asString().startsWith("hello over").doesNotContain("t0ken");
    }
}
