// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.spi.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** A handshake that says only who asks; the rest is absent. */
public record BareHandshake(Optional<String> token, List<String> subprotocols) implements Handshake {
    /** Nobody in particular. */
    public static BareHandshake anonymous() {
        return new BareHandshake(Optional.empty(), List.of());
    }

    /** With this token. */
    public static BareHandshake of(String token) {
        return new BareHandshake(Optional.of(token), List.of());
    }

    /** The same, offering subprotocols. */
    public BareHandshake offering(String... names) {
        return new BareHandshake(token, List.of(names));
    }

    @Override
    public Optional<String> query(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> pathParam(String name) {
        return Optional.empty();
    }

    @Override
    public String path() {
        return "/ws";
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
    }

    @Override
    public Optional<String> remoteAddress() {
        return Optional.empty();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }
}
