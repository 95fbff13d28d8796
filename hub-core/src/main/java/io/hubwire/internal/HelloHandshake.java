// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.spi.Handshake;
import java.security.Principal;
import java.util.List;
import java.util.Optional;

/** A handshake whose credential may have come with the hello, so that one authenticator serves both profiles. */
record HelloHandshake(Handshake handshake, Optional<String> helloToken) implements Handshake {
    @Override
    public Optional<String> token() {
        return helloToken.or(handshake::token);
    }

    @Override
    public Optional<String> query(String name) {
        return handshake.query(name);
    }

    @Override
    public Optional<String> header(String name) {
        return handshake.header(name);
    }

    @Override
    public Optional<String> pathParam(String name) {
        return handshake.pathParam(name);
    }

    @Override
    public String path() {
        return handshake.path();
    }

    @Override
    public Optional<Principal> principal() {
        return handshake.principal();
    }

    @Override
    public Optional<String> remoteAddress() {
        return handshake.remoteAddress();
    }

    @Override
    public List<String> subprotocols() {
        return handshake.subprotocols();
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return handshake.unwrap(type);
    }

    /** Without the token, because an authenticator may log whom it judges. */
    @Override
    public String toString() {
        return "hello over " + handshake;
    }
}
