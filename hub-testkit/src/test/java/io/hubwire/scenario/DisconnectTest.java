// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.AttributeKey;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {
    private static final AttributeKey<String> COLOUR = AttributeKey.of("colour", String.class);

    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Object> slow = new CompletableFuture<>();
    private final TestHub hub = TestHub.of(this::wire);
    private final TestClient ann = hub.connect("ann");

    private HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.kick())
                .on("note", client -> log.add("note"))
                .onAsync(EventType.of("slow"), (client, nothing) -> slow.thenRun(() -> log.add("slow done")))
                .onDisconnect((client, reason) -> log.add("disconnected " + reason.code() + describe(client)));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_clean_goodbye() {
        ann.close();

        assertThat(log).containsExactly("disconnected 1000");
        assertThat(hub).endedSession(ann, CloseReason.NORMAL).hasNoLeftovers();
    }

    @Test
    void a_lost_connection() {
        ann.drop();

        assertThat(log).containsExactly("disconnected 1006");
        assertThat(hub).endedSession(ann, CloseReason.CONNECTION_LOST).hasNoLeftovers();
    }

    @Test
    void the_hub_s_own_reason_counts_whatever_the_connection_says_later() {
        ann.session().kick(CloseReason.KICKED);
        ann.drop();

        assertThat(log).containsExactly("disconnected 4004");
        assertThat(hub).endedSession(ann, CloseReason.KICKED).hasNoLeftovers();
    }

    @Test
    void it_is_told_once_however_many_signals_there_are() {
        Client session = ann.session();
        session.kick(CloseReason.KICKED);
        session.close(CloseReason.REPLACED);
        hub.hub().all().close(CloseReason.GOING_AWAY);
        hub.settle();
        session.kick(CloseReason.KICKED);
        hub.settle();

        assertThat(log).containsExactly("disconnected 4004");
    }

    @Test
    void it_comes_after_the_last_handler() {
        ann.send("slow");
        ann.drop();
        assertThat(log).isEmpty();

        slow.complete("now");
        hub.settle();

        assertThat(log).containsExactly("slow done", "disconnected 1006");
    }

    @Test
    void what_arrived_before_the_connection_was_lost_is_still_handled() {
        ann.send("slow");
        ann.send("note");
        ann.drop();

        slow.complete("now");
        hub.settle();

        assertThat(log).containsExactly("slow done", "note", "disconnected 1006");
    }

    @Test
    void what_waits_when_the_hub_ends_the_session_is_forgotten() {
        ann.send("slow");
        ann.send("note");
        ann.session().kick(CloseReason.KICKED);
        hub.settle();

        slow.complete("now");
        hub.settle();

        assertThat(log).containsExactly("slow done", "disconnected 4004");
    }

    @Test
    void groups_and_attributes_are_still_readable() {
        ann.session().join("room-1");
        ann.session().set(COLOUR, "red");

        ann.close();

        assertThat(log).containsExactly("disconnected 1000 [room-1] red");
        assertThat(hub).hasGroup("room-1");
    }

    @Test
    void the_client_is_no_longer_online_and_sends_to_it_are_refused() {
        List<String> seen = new ArrayList<>();
        try (TestHub other =
                TestHub.of(builder -> builder.onDisconnect((client, reason) -> seen.add(client.isConnected()
                        + " "
                        + client.hub().online().isOnline("bob")
                        + " "
                        + client.send("bye", "x").accepted())))) {
            other.connect("bob").close();
        }

        assertThat(seen).containsExactly("false false 0");
    }

    @Test
    void a_callback_that_throws_disturbs_nothing() {
        try (TestHub other = TestHub.of(builder -> builder.onDisconnect((client, reason) -> {
            throw new IllegalStateException("broken callback");
        }))) {
            TestClient bob = other.connect("bob");
            bob.close();

            assertThat(other).endedSession(bob, CloseReason.NORMAL).hasNoLeftovers();
        }
    }

    @Test
    void a_send_that_fails_ends_the_session() {
        ann.failNextSend();

        ann.session().send("news", "x");
        hub.settle();

        assertThat(hub).endedSession(ann, CloseReason.CONNECTION_LOST).hasNoLeftovers();
        assertThat(ann).isClosedWith(1006);
    }

    private static String describe(Client client) {
        String groups = client.groups().isEmpty() ? "" : " " + client.groups();
        return groups + client.get(COLOUR).map(colour -> " " + colour).orElse("");
    }
}
