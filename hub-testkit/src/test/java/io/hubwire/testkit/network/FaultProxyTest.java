// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Real sockets on both sides of it. */
class FaultProxyTest {
    private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    @AutoClose
    private final TestServer server = new TestServer();

    @AutoClose
    private final FaultProxy proxy = FaultProxy.to(server.port());

    FaultProxyTest() throws IOException {}

    private Socket connect() throws IOException {
        return connect(proxy);
    }

    private static Socket connect(FaultProxy to) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void assertThatItWasReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void bytes_and_ends_pass_in_both_directions() throws Exception {
        try (Socket client = connect();
                Socket peer = server.next()) {
            client.getOutputStream().write(TEN);
            client.shutdownOutput();
            assertThat(peer.getInputStream().readAllBytes()).isEqualTo(TEN);

            peer.getOutputStream().write(TEN, 0, 3);
            peer.close();
            assertThat(client.getInputStream().readAllBytes()).containsExactly(0, 1, 2);
        }
        assertThat(proxy.bytes(Direction.TO_SERVER)).isEqualTo(10);
        assertThat(proxy.bytes(Direction.TO_CLIENT)).isEqualTo(3);
        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(proxy.cuts()).isZero();
    }

    @Test
    void a_reset_passes_as_well() throws Exception {
        try (Socket client = connect();
                Socket peer = server.next()) {
            peer.setSoLinger(true, 0);
            peer.close();

            assertThatItWasReset(client);
        }
    }

    @Test
    void more_than_fits_into_any_buffer_passes_unharmed() throws Exception {
        byte[] sent = new byte[20 << 20];
        new Random(7).nextBytes(sent);
        try (Socket client = connect();
                Socket peer = server.next()) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                client.getOutputStream().write(sent);
                client.shutdownOutput();
                return null;
            });
            new Thread(sending, "sender").start();

            byte[] received = peer.getInputStream().readAllBytes();

            sending.get(10, TimeUnit.SECONDS);
            assertThat(Arrays.equals(received, sent)).isTrue();
        }
    }

    @Test
    void a_connection_ends_behind_the_planned_byte_to_the_server() throws Exception {
        proxy.cutEach(it -> Optional.of(new Cut(Direction.TO_SERVER, 4, Cut.Manner.END)));
        try (Socket client = connect();
                Socket peer = server.next()) {
            client.getOutputStream().write(TEN);

            assertThat(peer.getInputStream().readAllBytes()).containsExactly(0, 1, 2, 3);
            assertThat(proxy.cuts()).isEqualTo(1);
            assertThat(proxy.openConnections()).isZero();
        }
    }

    @Test
    void a_connection_is_reset_behind_the_planned_byte_to_the_client() throws Exception {
        proxy.cutEach(it -> Optional.of(new Cut(Direction.TO_CLIENT, 2, Cut.Manner.RESET)));
        try (Socket client = connect();
                Socket peer = server.next()) {
            peer.getOutputStream().write(TEN);

            InputStream in = client.getInputStream();
            assertThat(in.readNBytes(2)).containsExactly(0, 1);
            assertThatItWasReset(client);
            assertThatItWasReset(peer);
        }
    }

    @Test
    void a_cut_after_no_byte_leaves_the_server_a_connection_without_any() throws Exception {
        proxy.cutEach(it -> Optional.of(new Cut(Direction.TO_SERVER, 0, Cut.Manner.END)));
        try (Socket client = connect();
                Socket peer = server.next()) {
            assertThat(peer.getInputStream().read()).isEqualTo(-1);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void only_the_connections_that_the_plan_names_are_cut() throws Exception {
        proxy.cutEach(
                it -> it == 2 ? Optional.of(new Cut(Direction.TO_SERVER, 0, Cut.Manner.RESET)) : Optional.empty());
        try (Socket first = connect();
                Socket peer = server.next();
                Socket second = connect()) {
            assertThatItWasReset(second);

            first.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void all_are_cut_at_once_and_the_next_is_served() throws Exception {
        try (Socket first = connect();
                Socket peerOfFirst = server.next();
                Socket second = connect();
                Socket peerOfSecond = server.next()) {
            assertThat(proxy.cut()).isEqualTo(2);

            assertThatItWasReset(first);
            assertThatItWasReset(peerOfFirst);
            assertThatItWasReset(second);
            assertThatItWasReset(peerOfSecond);
        }
        try (Socket next = connect();
                Socket peer = server.next()) {
            next.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);
        }
        assertThat(proxy.cuts()).isEqualTo(2);
    }

    @Test
    void a_stalled_direction_is_silent_until_it_flows_again() throws Exception {
        try (Socket client = connect();
                Socket peer = server.next()) {
            proxy.stall(Direction.TO_SERVER);
            client.getOutputStream().write(7);
            peer.getOutputStream().write(8);
            assertThat(client.getInputStream().read()).isEqualTo(8);
            assertThat(proxy.bytes(Direction.TO_SERVER)).isZero();

            proxy.flow();

            assertThat(peer.getInputStream().read()).isEqualTo(7);
        }
    }

    @Test
    void a_connection_that_is_made_in_a_stall_is_as_silent_and_can_be_cut() throws Exception {
        proxy.stall();
        try (Socket client = connect();
                Socket peer = server.next()) {
            client.getOutputStream().write(7);
            peer.getOutputStream().write(8);

            assertThat(proxy.cut(Cut.Manner.END)).isEqualTo(1);

            assertThat(proxy.bytes(Direction.TO_SERVER)).isZero();
            assertThat(proxy.bytes(Direction.TO_CLIENT)).isZero();
            assertThatThrownBy(() -> assertThat(peer.getInputStream().read()).isNotEqualTo(-1))
                    .isInstanceOfAny(AssertionError.class, SocketException.class);
        }
    }

    @Test
    void who_comes_while_it_refuses_is_reset_and_who_is_there_stays() throws Exception {
        try (Socket early = connect();
                Socket peer = server.next()) {
            proxy.refuse();
            try (Socket late = connect()) {
                assertThatItWasReset(late);
            }
            early.getOutputStream().write(7);
            assertThat(peer.getInputStream().read()).isEqualTo(7);

            proxy.accept();

            try (Socket again = connect();
                    Socket peerOfAgain = server.next()) {
                again.getOutputStream().write(8);
                assertThat(peerOfAgain.getInputStream().read()).isEqualTo(8);
            }
        }
        assertThat(proxy.connections()).isEqualTo(2);
    }

    @Test
    void who_comes_while_the_server_is_gone_is_reset() throws Exception {
        server.close();
        try (Socket client = connect()) {
            assertThatItWasReset(client);
        }
    }

    @Test
    void closing_ends_what_is_open() throws Exception {
        try (Socket client = connect();
                Socket peer = server.next()) {
            proxy.close();

            assertThatItWasReset(client);
            assertThatItWasReset(peer);
            assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void what_a_plan_throws_comes_out_at_the_end() throws Exception {
        FaultProxy broken = FaultProxy.to(server.port()).cutEach(it -> {
            throw new IllegalStateException("no plan for " + it);
        });
        try (Socket client = connect(broken)) {
            assertThatItWasReset(client);
        }

        assertThatThrownBy(broken::close).hasRootCauseMessage("no plan for 1");
    }

    @Test
    void an_address_leads_through_it() {
        assertThat(proxy.instead(URI.create("ws://localhost:8080/ws?room=1%202")))
                .isEqualTo(URI.create("ws://127.0.0.1:" + proxy.port() + "/ws?room=1%202"));
    }
}
