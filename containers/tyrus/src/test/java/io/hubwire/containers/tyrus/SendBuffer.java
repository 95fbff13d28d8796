// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tyrus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.nio.NIOConnection;

/** Makes the kernel keep little for each connection: Grizzly's own setting can only make it keep more. */
final class SendBuffer extends ConnectionProbe.Adapter {
    private final int bytes;

    SendBuffer(int bytes) {
        this.bytes = bytes;
    }

    @Override
    public void onAcceptEvent(Connection serverConnection, Connection clientConnection) {
        SocketChannel channel = (SocketChannel) ((NIOConnection) clientConnection).getChannel();
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
