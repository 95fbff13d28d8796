// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Admission;
import io.hubwire.AttributeKey;
import io.hubwire.Client;
import io.hubwire.ConnectionLimits;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.LoginPolicy;
import io.hubwire.Route;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.HandshakeResult.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionOpenerTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void the_client_is_told_of_before_its_first_event_even_if_that_is_quick() {
        Lobby lobby = Lobby.with(hub -> hub.onConnect(client -> told.add("connected"))
                .on("quick", client -> told.add("quick"), Route::nonBlocking));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        ann.handler().onText("{\"event\":\"quick\"}", true);
        lobby.settle();

        assertThat(told).containsExactly("connected", "quick");
    }

    @Test
    void it_is_online_when_the_application_is_told() {
        Lobby lobby = Lobby.with(hub -> hub.onConnect(client -> told.add("online "
                + client.hub().online().isOnline(client.requireUser().id()) + " "
                + client.hub().find(client.id()).isPresent())));

        lobby.enter("ann");

        assertThat(told).containsExactly("online true true");
    }

    @Test
    void a_throw_refuses_the_client_and_the_end_is_told() {
        for (CloseReason reason :
                List.of(CloseReason.UNAUTHENTICATED, CloseReason.FORBIDDEN, CloseReason.SERVER_ERROR)) {
            told.clear();
            Lobby lobby = Lobby.with(hub -> hub.onConnect(client -> {
                        told.add("first");
                        throw failure(reason);
                    })
                    .onConnect(client -> told.add("second"))
                    .onDisconnect((client, why) -> told.add("end " + why.code()))
                    .on("event", client -> told.add("event")));
            Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());
            ann.handler().onText("{\"event\":\"event\"}", true);

            lobby.settle();

            assertThat(told).containsExactly("first", "end " + reason.code());
            assertThat(ann.connection().closes()).containsExactly(reason);
            assertThat(lobby.hub().online().list()).isEmpty();
        }
    }

    private static Exception failure(CloseReason reason) {
        return switch (reason.code()) {
            case 4001 -> ErrorCode.UNAUTHENTICATED.exception();
            case 4003 -> ErrorCode.FORBIDDEN.exception();
            default -> new Exception("thrown on purpose");
        };
    }

    @Test
    void what_the_admission_gives_is_carried() {
        AttributeKey<String> colour = AttributeKey.of("colour", String.class);
        ManualRuntime runtime = new ManualRuntime();
        AtomicReference<Client> seen = new AtomicReference<>();
        Hub hub = Hub.builder()
                .runtime(runtime)
                .authenticator(handshake -> Admission.asUser("ann")
                        .with(colour, "red")
                        .join("b", "a")
                        .heartbeat(HeartbeatPolicy.clientDriven(Duration.ofSeconds(3)))
                        .expiresAt(runtime.now().plusSeconds(2)))
                .onConnect(client -> {
                    told.add("in " + client.groups());
                    seen.set(client);
                })
                .onJoined("*", (client, group) -> told.add("joined " + group))
                .build();
        hub.start();
        RecordingConnection connection = RecordingConnection.inline();
        Door.open(hub, BareHandshake.anonymous(), connection);
        runtime.runAll();

        assertThat(told).containsExactly("in [b, a]", "joined b", "joined a");
        assertThat(seen.get().get(colour)).contains("red");
        runtime.advance(Duration.ofMillis(2_100));
        assertThat(connection.closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
    }

    @Test
    void a_credential_that_expired_before_all_time_ends_the_session_at_once() {
        ManualRuntime runtime = new ManualRuntime();
        Hub hub = Hub.builder()
                .runtime(runtime)
                .authenticator(handshake -> Admission.asUser("ann").expiresAt(Instant.MIN))
                .build();
        hub.start();
        RecordingConnection connection = RecordingConnection.inline();

        Door.open(hub, BareHandshake.anonymous(), connection);
        runtime.advance(Duration.ofMillis(200));

        assertThat(connection.closes()).containsExactly(CloseReason.CREDENTIALS_EXPIRED);
        assertThat(hub.online().list()).isEmpty();
    }

    @Test
    void a_session_that_cannot_begin_ends_and_gives_its_place_back() {
        ManualRuntime runtime = new ManualRuntime();
        Hub hub = Hub.builder()
                .runtime(runtime)
                .authenticator(handshake -> Admission.asUser("ann").join("a", "b"))
                .limits(InboundLimits.defaults().groups(1))
                .connections(ConnectionLimits.defaults().total(1).perUser(1))
                .onConnect(client -> told.add("connected"))
                .onDisconnect((client, reason) -> told.add("disconnected"))
                .build();
        hub.start();
        RecordingConnection connection = RecordingConnection.inline();

        ConnectionHandler handler = Door.open(hub, BareHandshake.anonymous(), connection);
        runtime.runAll();
        handler.onClosed(CloseReason.SERVER_ERROR);
        runtime.runAll();

        assertThat(connection.closes()).containsExactly(CloseReason.SERVER_ERROR);
        assertThat(hub.online().list()).isEmpty();
        assertThat(told).isEmpty();
        Door.admitted(hub, BareHandshake.anonymous());
    }

    @Test
    void a_place_whose_session_cannot_be_made_is_given_back() {
        Lobby lobby = Lobby.with(
                hub -> hub.connections(ConnectionLimits.defaults().total(1).perUser(1)));
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        lobby.runtime().beforeNextJitter(() -> {
            throw new IllegalStateException("thrown on purpose");
        });

        assertThatThrownBy(() -> place.open(RecordingConnection.inline())).isInstanceOf(IllegalStateException.class);

        assertThat(lobby.enter("ann").client().isConnected()).isTrue();
    }

    @Test
    void the_client_is_in_the_groups_of_its_admission_from_the_start() {
        Lobby lobby = Lobby.with(hub ->
                tellAll(hub.authenticator(handshake -> Admission.asUser("ann").join("red"))
                        .onConnect(client -> told.add(client.groups() + " "
                                + client.hub().group("red").send("hello", 1).accepted()))));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());
        assertThat(lobby.hub().group("red").send("early", 1).accepted()).isEqualTo(1);

        lobby.settle();
        ann.client().close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsExactly("[red] 1", "connected", "joined red", "left red", "disconnected [red]");
    }

    @Test
    void a_client_that_is_refused_leaves_the_groups_of_its_admission_unheard() {
        Lobby lobby = Lobby.with(hub ->
                tellAll(hub.authenticator(handshake -> Admission.asUser("ann").join("red"))
                        .onConnect(client -> {
                            client.join("blue");
                            throw ErrorCode.FORBIDDEN.exception();
                        })));
        lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        lobby.settle();

        assertThat(told).containsExactly("joined blue", "left blue", "disconnected [red, blue]");
        assertThat(lobby.hub().group("red").size()).isZero();
    }

    @Test
    void a_group_of_the_admission_that_is_left_on_connect_is_told_neither_way() {
        Lobby lobby = Lobby.with(hub ->
                tellAll(hub.authenticator(handshake -> Admission.asUser("ann").join("red", "blue"))
                        .onConnect(client -> client.leave("red"))));
        Visitor ann = lobby.open(BareHandshake.of("ann"), RecordingConnection.inline());

        lobby.settle();
        ann.client().close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsExactly("connected", "joined blue", "left blue", "disconnected [blue]");
    }

    private HubBuilder tellAll(HubBuilder hub) {
        return hub.onConnect(client -> told.add("connected"))
                .onJoined("*", (client, group) -> told.add("joined " + group))
                .onLeft("*", (client, group) -> told.add("left " + group))
                .onDisconnect((client, reason) -> told.add("disconnected " + client.groups()));
    }

    @Test
    void ids_are_long_random_and_need_no_escaping() {
        Lobby lobby = Lobby.with(hub -> hub);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            ids.add(lobby.enterAnonymously().client().id());
        }

        assertThat(ids).hasSize(200).allMatch(id -> id.matches("[A-Za-z0-9_-]{22}"));
    }

    @Test
    void the_newest_login_replaces_the_older_ones() {
        Lobby lobby = Lobby.with(hub -> hub.login(LoginPolicy.NEWEST_ONLY));
        Visitor first = lobby.enter("ann");
        Visitor other = lobby.enter("bob");

        Visitor second = lobby.enter("ann");

        assertThat(first.connection().closes()).containsExactly(CloseReason.REPLACED);
        assertThat(second.client().isConnected()).isTrue();
        assertThat(other.client().isConnected()).isTrue();
    }

    @Test
    void of_two_logins_at_once_the_newer_is_left() {
        Lobby lobby = Lobby.with(hub -> hub.login(LoginPolicy.NEWEST_ONLY));
        Accepted slow = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        RecordingConnection quickConnection = RecordingConnection.inline();
        RecordingConnection slowConnection = RecordingConnection.inline();
        lobby.runtime().beforeNextJitter(() -> lobby.open(BareHandshake.of("ann"), quickConnection));

        slow.open(slowConnection);
        lobby.settle();

        assertThat(lobby.hub().user("ann").size()).isEqualTo(1);
        assertThat(slowConnection.closes()).containsExactly(CloseReason.REPLACED);
        assertThat(quickConnection.closes()).isEmpty();
    }

    @Test
    void the_first_login_keeps_others_out_until_it_has_ended() {
        Lobby lobby = Lobby.with(hub -> hub.login(LoginPolicy.FIRST_ONLY));
        Visitor first = lobby.enter("ann");

        assertThat(Door.refused(lobby.hub(), BareHandshake.of("ann"))).isEqualTo(409);
        lobby.enter("bob");
        first.client().close(CloseReason.NORMAL);

        assertThat(lobby.enter("ann").client().isConnected()).isTrue();
    }

    @Test
    void a_place_that_is_opened_during_a_shutdown_is_closed_at_once() {
        Lobby lobby = Lobby.with(hub -> hub.onConnect(client -> told.add("connected")));
        lobby.enter("bob", RecordingConnection.deferred());
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        lobby.hub().shutdown(Duration.ofSeconds(10));
        RecordingConnection late = RecordingConnection.inline();

        place.open(late);
        lobby.settle();

        assertThat(late.closes()).containsExactly(CloseReason.SERVICE_RESTART);
    }

    @Test
    void a_place_that_is_opened_after_the_end_of_the_hub_is_closed_all_the_same() {
        Lobby lobby = Lobby.with(hub -> hub);
        Accepted place = Door.admitted(lobby.hub(), BareHandshake.of("ann"));
        Accepted released = Door.admitted(lobby.hub(), BareHandshake.of("bob"));
        released.release();
        lobby.hub().shutdown(Duration.ofSeconds(10));
        lobby.settle();
        lobby.runtime().close();
        RecordingConnection late = RecordingConnection.inline();
        RecordingConnection afterRelease = RecordingConnection.inline();

        place.open(late).onText("{\"event\":\"x\"}", true);
        released.open(afterRelease);

        assertThat(late.log()).isNotEmpty();
        assertThat(afterRelease.log()).isNotEmpty();
    }
}
