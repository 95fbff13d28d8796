// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A user's devices are sessions of their own: each counts for itself, and what becomes of one is nothing to the others. */
class SeveralClientsOfOneUserTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final int MOST = 3;

    private final Hub hub = Hub.builder()
            .authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
            .connections(ConnectionLimits.defaults().perUser(MOST))
            .emits(NOTE)
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    private Client client(ResumingPeer peer) {
        return await().until(() -> hub.find(peer.client()), Optional::isPresent).orElseThrow();
    }

    private static void assertNote(ResumingPeer peer, long number, int data) throws IOException {
        JsonNode frame = peer.receiveJson();
        assertThat(frame.path(0).asLong()).isEqualTo(number);
        assertThat(frame.path(1).path("data").asInt()).isEqualTo(data);
    }

    /** A session is seen to be away a moment before its place is free. */
    private ResumingPeer greetedWhenThereIsAPlace() {
        return await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> ResumingPeer.greeted(server, "ann"), Objects::nonNull);
    }

    @Test
    void each_has_numbers_of_its_own_and_misses_nothing_while_another_is_away() throws Exception {
        try (ResumingPeer phone = ResumingPeer.greeted(server, "ann");
                ResumingPeer laptop = ResumingPeer.greeted(server, "ann");
                ResumingPeer bobs = ResumingPeer.greeted(server, "bob")) {
            client(phone).send(NOTE, 1);
            assertNote(phone, 1, 1);
            client(laptop);
            client(bobs);
            hub.user("ann").send(NOTE, 2);
            assertNote(phone, 2, 2);
            assertNote(laptop, 1, 2);

            phone.reset();
            await().until(client(phone)::isAway);
            hub.user("ann").send(NOTE, 3);
            assertNote(laptop, 2, 3);

            try (ResumingPeer again = phone.resumed(server, 2)) {
                assertThat(again.isResumed()).isTrue();
                assertThat(again.client()).isEqualTo(phone.client()).isNotEqualTo(laptop.client());
                assertNote(again, 3, 3);
                hub.user("ann").send(NOTE, 4);
                assertNote(again, 4, 4);
                assertNote(laptop, 3, 4);
            }
            hub.user("bob").send(NOTE, 5);
            assertNote(bobs, 1, 5);
        }
    }

    @Test
    void a_kick_of_one_ends_no_other() throws Exception {
        try (ResumingPeer phone = ResumingPeer.greeted(server, "ann");
                ResumingPeer laptop = ResumingPeer.greeted(server, "ann")) {
            client(phone).kick(CloseReason.KICKED);
            assertThat(phone.receiveClose()).isEqualTo(4004);

            client(laptop).send(NOTE, 1);
            assertNote(laptop, 1, 1);
            try (ResumingPeer again = phone.resumed(server, 0)) {
                assertThat(again.isResumed()).isFalse();
            }
        }
    }

    @Test
    void one_that_is_away_takes_no_place_and_comes_back_only_into_a_free_one() throws Exception {
        try (ResumingPeer phone = ResumingPeer.greeted(server, "ann");
                ResumingPeer laptop = ResumingPeer.greeted(server, "ann");
                ResumingPeer tablet = ResumingPeer.greeted(server, "ann")) {
            try (RawPeer oneTooMany = ResumingPeer.greeting(server, "{\"token\":\"ann\"}")) {
                assertThat(oneTooMany.receiveClose().closeCode()).isEqualTo(4010);
            }
            phone.reset();
            await().until(client(phone)::isAway);

            try (ResumingPeer watch = greetedWhenThereIsAPlace()) {
                assertThat(watch.isResumed()).isFalse();
                try (RawPeer noPlace = ResumingPeer.greeting(server, phone.claim(0))) {
                    assertThat(noPlace.receiveClose().closeCode()).isEqualTo(4010);
                }
                client(laptop).kick(CloseReason.KICKED);
                assertThat(laptop.receiveClose()).isEqualTo(4004);
            }
            await().untilAsserted(() -> {
                try (ResumingPeer again = phone.resumed(server, 0)) {
                    assertThat(again.isResumed()).isTrue();
                }
            });
            assertThat(client(tablet).isAway()).isFalse();
        }
    }
}
