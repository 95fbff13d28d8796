// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Set;

/** A client's connection and the one to the server that belongs to it. Under the proxy's lock. */
final class ProxiedConnection {
    /** What became of it. */
    enum State {
        OPEN,
        CUT,
        OVER
    }

    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final OneWay toServer;
    private final OneWay toClient;
    private final Cut.Manner manner;

    ProxiedConnection(SocketChannel client, SocketChannel server, Selector selector, Optional<Cut> cut, Traffic traffic)
            throws IOException {
        this.client = client;
        this.server = server;
        this.toServer = new OneWay(client, server, bytesUntil(cut, Direction.TO_SERVER), traffic.toServer());
        this.toClient = new OneWay(server, client, bytesUntil(cut, Direction.TO_CLIENT), traffic.toClient());
        this.manner = cut.map(Cut::manner).orElse(Cut.Manner.RESET);
        prepare(client);
        this.clientKey = client.register(selector, 0, this);
        this.serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
    }

    private static long bytesUntil(Optional<Cut> cut, Direction direction) {
        return cut.filter(it -> it.direction() == direction)
                .map(Cut::afterBytes)
                .orElse(Long.MAX_VALUE);
    }

    /** Small writes are to leave at once, as they came. */
    static void prepare(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    void stall(Set<Direction> directions) {
        toServer.stall(directions.contains(Direction.TO_SERVER));
        toClient.stall(directions.contains(Direction.TO_CLIENT));
        if (server.isConnected()) {
            watch();
        }
    }

    /** Does what can be done now. */
    State proceed() {
        try {
            if (!server.isConnected() && !server.finishConnect()) {
                return State.OPEN;
            }
            toServer.move();
            toClient.move();
        } catch (IOException reset) { // by one side, so the other is reset as well
            end(Cut.Manner.RESET);
            return State.OVER;
        }
        if (toServer.isAtCut() || toClient.isAtCut()) {
            end(manner);
            return State.CUT;
        }
        if (toServer.hasPassedEnd() && toClient.hasPassedEnd()) {
            end(Cut.Manner.END);
            return State.OVER;
        }
        watch();
        return State.OPEN;
    }

    private void watch() {
        clientKey.interestOps(operations(toServer, toClient));
        serverKey.interestOps(operations(toClient, toServer));
    }

    private static int operations(OneWay from, OneWay to) {
        return (from.wantsToRead() ? SelectionKey.OP_READ : 0) | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
    }

    void end(Cut.Manner how) {
        end(client, how);
        end(server, how);
    }

    static void end(SocketChannel channel, Cut.Manner how) {
        try (channel) {
            if (how == Cut.Manner.RESET) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException gone) {
            // its other side was quicker
        }
    }
}
