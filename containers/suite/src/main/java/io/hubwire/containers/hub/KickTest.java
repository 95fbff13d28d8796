// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static io.hubwire.containers.OwnThread.OWN_THREAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub;
import io.hubwire.OutboxPolicy;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KickTest {
    private static final int ROUNDS = 20;
    private static final int CLIENTS = 50;

    /** So that a busy machine cuts nobody who would have been told. */
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private static final Duration SHORT = Duration.ofSeconds(1);

    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private Hub hub;
    private Server server;

    private void serve(Duration closeGrace) {
        hub = Hub.builder()
                .install(new Chat())
                .authenticator(
                        handshake -> Admission.asUser(handshake.query("user").orElse("nobody")))
                .connections(ConnectionLimits.defaults().handshakesPerSecond(10_000, 10_000))
                .outbox(OutboxPolicy.atMost(10_000, 16 << 20).closeGrace(closeGrace))
                .onDisconnect((client, reason) -> ends.add(reason))
                .build();
        server = Server.withSmallBuffers(hub);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_thousand_kicked_clients_are_told_kick_and_then_closed_with_4004() throws Exception {
        serve(PATIENT);
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> publishUntil(isOver), OWN_THREAD);
        List<String> farewells = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<RawPeer> peers = connect(CLIENTS);
            kickEverybody();
            for (RawPeer peer : peers) {
                farewells.add(farewellOf(peer));
            }
            await().until(() -> hub.online().devices().count() == 0);
        }
        isOver.set(true);
        publishing.get(10, TimeUnit.SECONDS);

        assertThat(farewells).hasSize(ROUNDS * CLIENTS);
        assertThat(farewells)
                .filteredOn(farewell -> !farewell.equals("kick, then 4004"))
                .isEmpty();
        await().until(() -> ends.size() == ROUNDS * CLIENTS);
        assertThat(ends).extracting(CloseReason::code).containsOnly(4004);
        await().atMost(Duration.ofSeconds(20)).until(() -> server.connectionCount() == 0);
    }

    private List<RawPeer> connect(int count) throws Exception {
        List<RawPeer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            peers.add(server.peer().path("/ws?user=u" + i).open());
        }
        // each is a user, and is found by its own name a moment before it is found by that of the user
        await().until(() ->
                hub.online().devices().count() == count && hub.online().users().count() == count);
        return peers;
    }

    /** By every way there is. */
    private void kickEverybody() {
        List<Client> clients = hub.all().clients();
        for (int i = 0; i < clients.size(); i++) {
            Client client = clients.get(i);
            switch (i % 3) {
                case 0 -> client.kick(CloseReason.KICKED);
                case 1 -> hub.client(client.id()).kick(CloseReason.KICKED);
                default -> hub.user(client.requireUser().id()).kick(CloseReason.KICKED);
            }
        }
    }

    /** One message after the other: those who do not read yet must not overflow. */
    private void publishUntil(AtomicBoolean isOver) {
        for (int i = 0; i < 1_000_000 && !isOver.get(); i++) {
            hub.all()
                    .send(Chat.SAID, new Chat.Said("message " + i))
                    .written()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** The last message and the close, as {@code kick, then 4004} if all is well. */
    private static String farewellOf(RawPeer peer) throws Exception {
        String last = "nothing";
        try {
            RawFrame frame = peer.receive();
            while (frame.opcode() != RawFrame.CLOSE) {
                last = frame.text();
                frame = peer.receive();
            }
            peer.answerClose(frame);
            String told = last.startsWith("{\"event\":\"kick\",\"code\":0,") ? "kick" : last;
            return told + ", then " + frame.closeCode();
        } catch (IOException e) {
            return last + ", then " + e;
        }
    }

    @Test
    void a_kicked_client_that_does_not_read_is_gone_all_the_same() throws Exception {
        serve(SHORT);
        try (RawPeer peer = server.peer().receiveBuffer(4096).open()) {
            await().until(() -> hub.online().devices().count() == 1);
            stall();

            assertThat(hub.all().kick(CloseReason.KICKED)).isEqualTo(1);

            assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.KICKED);
            await().atMost(Duration.ofSeconds(5)).until(() -> server.connectionCount() == 0);
            peer.awaitEnd();
        }
    }

    @Test
    void a_kicked_client_that_does_not_answer_the_close_loses_its_connection() throws Exception {
        serve(SHORT);
        try (RawPeer peer = server.peer().open()) {
            await().until(() -> hub.online().devices().count() == 1);

            hub.all().kick(CloseReason.KICKED);

            assertThat(peer.receiveClose().closeCode()).isEqualTo(4004);
            await().atMost(Duration.ofSeconds(5)).until(() -> server.connectionCount() == 0);
            peer.awaitEnd();
        }
    }

    /** Sends until something stays in flight. */
    private void stall() throws Exception {
        String text = "x".repeat(64 << 10);
        for (int i = 0; i < 1_000; i++) {
            CompletableFuture<?> written =
                    hub.all().send(Chat.SAID, new Chat.Said(text)).written().toCompletableFuture();
            try {
                written.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the peer took everything");
    }
}
