// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/** How far a client goes before it is gone without a word. */
enum Visit {
    TCP_ONLY,
    HALF_A_REQUEST,
    WHOLE_REQUEST,
    UPGRADED,
    JOINED,
    IN_A_HANDLER,
    DURING_BROADCASTS,
    /** The only one that takes its leave. */
    CLOSED_PROPERLY;

    /** What became of a visit. */
    enum Outcome {
        DONE,
        /** There was no room. */
        REFUSED,
        /** The container read something else than what was sent. */
        GARBLED
    }

    /** Goes there and ends, by a FIN or a reset as chance will have it. */
    Outcome perform(int port, String user, Random random) throws IOException {
        RawHandshake handshake = RawPeer.to(port).path("/ws?user=" + user);
        switch (this) {
            case TCP_ONLY -> touch(port, new byte[0], random);
            case HALF_A_REQUEST -> touch(port, partOf(handshake.bytes(), random), random);
            case WHOLE_REQUEST -> end(handshake.send(), random);
            default -> {
                RawPeer peer = handshake.send();
                HttpReply reply = peer.reply();
                if (reply.status() == 101) {
                    goOn(peer);
                }
                end(peer, random);
                return outcome(reply);
            }
        }
        return Outcome.DONE;
    }

    private static Outcome outcome(HttpReply reply) {
        return switch (reply.status()) {
            case 101 -> Outcome.DONE;
            case 429, 503 -> Outcome.REFUSED;
            case 400 -> Outcome.GARBLED;
            default -> throw new IllegalStateException("unexpected " + reply);
        };
    }

    private static void touch(int port, byte[] bytes, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(bytes);
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
        }
    }

    private static byte[] partOf(byte[] request, Random random) {
        return Arrays.copyOf(request, 1 + random.nextInt(request.length - 1));
    }

    private static void end(RawPeer peer, Random random) throws IOException {
        if (random.nextBoolean()) {
            peer.reset();
        } else {
            peer.close();
        }
    }

    private void goOn(RawPeer peer) throws IOException {
        switch (this) {
            case JOINED -> {
                peer.sendText("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");
                await(peer, "join");
            }
            case IN_A_HANDLER -> {
                peer.sendText("{\"event\":\"load/stay\"}");
                await(peer, "load/staying");
            }
            case DURING_BROADCASTS -> await(peer, "load/news");
            case CLOSED_PROPERLY -> {
                peer.send(RawFrame.close(1000, "bye"));
                peer.receiveClose();
            }
            default -> {}
        }
    }

    private static void await(RawPeer peer, String event) throws IOException {
        String head = "{\"event\":\"" + event + "\"";
        for (int i = 0; i < 10_000; i++) {
            if (peer.receiveText().startsWith(head)) {
                return;
            }
        }
        throw new IOException("no " + event);
    }
}
