// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.spi.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * A handshake without any identity.
 *
 * @param subprotocols what is offered
 */
record NobodysHandshake(List<String> subprotocols) implements Handshake {
    @Override
    public Optional<String> token() {
        return Optional.empty();
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
        return "/";
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
    }

    @Override
    public Optional<String> remoteAddress() {
        return Optional.of("127.0.0.1");
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
    }
}
