// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.filterchain.FilterChainContext;

/** The context of a handshake as Tyrus's filter is to see it: with another connection. For one thread. */
final class GrizzlyHandshakeContext extends FilterChainContext {
    private final FilterChainContext real;
    private final Connection<?> shown;

    GrizzlyHandshakeContext(FilterChainContext real, Connection<?> shown) {
        this.real = real;
        this.shown = shown;
        setMessage(real.getMessage());
    }

    @Override
    public Connection<?> getConnection() {
        return shown;
    }

    @Override
    public AttributeHolder getAttributes() {
        return real.getAttributes();
    }

    @Override
    public void write(Object message) {
        real.write(message);
    }
}
