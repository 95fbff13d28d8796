// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What every connection must do, whatever container it comes from. */
class ConnectionContractTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    @AutoClose
    private final Server server = Server.withSmallBuffers(hub.hub());

    @Test
    void texts_of_a_peer_arrive_once_and_in_order() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            for (int i = 0; i < 500; i++) {
                peer.sendText("message " + i);
            }

            for (int i = 0; i < 500; i++) {
                assertThat(place.nextText()).isEqualTo("message " + i);
            }
        }
    }

    @Test
    void a_long_text_arrives_whole_whatever_its_parts() throws Exception {
        String text = "aä€😀".repeat(30_000);
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();

            peer.sendText(text);
            assertThat(place.nextText()).isEqualTo(text);

            peer.sendInParts(text, 997);
            assertThat(place.nextText()).isEqualTo(text);
        }
    }

    @Test
    void texts_right_behind_the_handshake_are_not_lost() throws Exception {
        byte[] behind = RawFrame.text("early").masked();
        try (RawPeer peer = server.peer().send(behind)) {
            assertThat(peer.reply().status()).isEqualTo(101);
            assertThat(hub.nextOpened().nextText()).isEqualTo("early");
        }
    }

    @Test
    void two_thousand_sends_one_at_a_time_arrive_in_order() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 2_000)
                            .forEach(i -> assertThat(place.send("message " + i).join())
                                    .isNull()),
                    OWN_THREAD);

            for (int i = 0; i < 2_000; i++) {
                assertThat(peer.receiveText()).isEqualTo("message " + i);
            }
            sending.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_send_of_a_mebibyte_arrives() throws Exception {
        String text = "0123456789abcdef".repeat(1 << 16);
        try (RawPeer peer = server.peer().open()) {
            CompletableFuture<@Nullable Throwable> done = hub.nextOpened().send(text);

            assertThat(peer.receiveText()).isEqualTo(text);
            assertThat(done.get(10, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void the_hub_may_send_and_close_while_the_connection_opens() throws Exception {
        AcceptorOnlyHub hasty = new AcceptorOnlyHub();
        hasty.judging(handshake ->
                CompletableFuture.completedFuture(hasty.newPlace().whenOpened(connection -> {
                    connection.send(
                            Frame.of("welcome"), failure -> connection.close(new CloseReason(4400, "and goodbye")));
                })));
        try (Server own = Server.of(hasty.hub());
                RawPeer peer = own.peer().open()) {
            assertThat(peer.receiveText()).isEqualTo("welcome");
            RawFrame close = peer.receive();
            assertThat(close.closeCode()).isEqualTo(4400);
            peer.answerClose(close);
            KeptPlace place = hasty.nextOpened();
            assertThat(place.nextEnd()).isEqualTo(new CloseReason(4400, "and goodbye"));
            assertThat(place.otherEnds()).isEmpty();
        }
    }

    @Test
    void a_close_before_the_connection_has_a_handler_is_reported_to_it() throws Exception {
        AcceptorOnlyHub hasty = new AcceptorOnlyHub();
        hasty.judging(handshake -> CompletableFuture.completedFuture(
                hasty.newPlace().whenOpened(connection -> connection.close(new CloseReason(4401, "no")))));
        try (Server own = Server.of(hasty.hub());
                RawPeer peer = own.peer().open()) {
            RawFrame close = peer.receive();
            assertThat(close.closeCode()).isEqualTo(4401);
            peer.answerClose(close);
            assertThat(hasty.nextOpened().nextEnd()).isEqualTo(new CloseReason(4401, "no"));
        }
    }

    @Test
    void a_ping_reaches_the_peer_and_its_pong_the_hub() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();

            place.connection().ping();
            assertThat(peer.receive().opcode()).isEqualTo(RawFrame.PING);

            peer.send(RawFrame.of(RawFrame.PONG));
            assertThat(place.nextHeard()).isEqualTo("pong");
        }
    }

    @Test
    void a_ping_of_the_peer_is_answered() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            hub.nextOpened();

            peer.send(RawFrame.of(RawFrame.PING, (byte) 7));

            RawFrame pong = peer.receive();
            assertThat(pong.opcode()).isEqualTo(RawFrame.PONG);
            assertThat(pong.payload()).containsExactly(7);
        }
    }

    @Test
    void a_binary_message_is_a_violation() throws Exception {
        try (RawPeer peer = server.peer().open()) {
            KeptPlace place = hub.nextOpened();

            peer.send(RawFrame.of(RawFrame.BINARY, (byte) 1, (byte) 2));

            assertThat(place.nextHeard()).isEqualTo("violation 1003");
        }
    }

    @Test
    void neither_compression_nor_a_subprotocol_is_agreed_to() throws Exception {
        try (RawPeer peer = server.peer()
                .header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")
                .header("Sec-WebSocket-Protocol", "chat, hubwire.v1")
                .open()) {
            assertThat(peer.reply().header("Sec-WebSocket-Extensions")).isEmpty();
            assertThat(peer.reply().header("Sec-WebSocket-Protocol")).isEmpty();
            assertThat(peer.reply().header("Sec-WebSocket-Accept")).contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }
    }

    @Test
    void the_subprotocol_that_the_hub_has_chosen_is_answered() throws Exception {
        hub.judging(
                handshake -> CompletableFuture.completedFuture(hub.newPlace().subprotocol("hubwire.v1")));
        try (RawPeer peer = server.peer()
                .header("Sec-WebSocket-Protocol", "chat, hubwire.v1")
                .open()) {
            assertThat(peer.reply().header("Sec-WebSocket-Protocol")).contains("hubwire.v1");
            KeptPlace place = hub.nextOpened();
            peer.sendText("hello");
            assertThat(place.nextText()).isEqualTo("hello");
        }
    }
}
