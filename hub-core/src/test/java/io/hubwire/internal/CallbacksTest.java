// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.AttributeKey;
import io.hubwire.HubBuilder;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.protocol.CloseReason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final AttributeKey<String> COLOUR = AttributeKey.of("colour", String.class);

    private final List<String> told = new ArrayList<>();

    private HubBuilder tellAll(HubBuilder hub) {
        return hub.onConnect(client -> told.add("in"))
                .onJoined("*", (client, group) -> told.add("joined " + group))
                .onLeft("*", (client, group) -> told.add("left " + group))
                .onDisconnect((client, reason) -> told.add("out " + reason.code()))
                .onUserOnline(user -> told.add("+" + user.id()))
                .onUserOffline(user -> told.add("-" + user.id()));
    }

    @Test
    void a_session_that_is_kicked_before_its_lane_has_run_is_told_of_its_end() {
        List<Integer> ends = new ArrayList<>();
        Lobby lobby = Lobby.with(hub -> hub.onDisconnect((client, reason) -> ends.add(reason.code())));

        lobby.open(BareHandshake.of("ann"), RecordingConnection.inline())
                .client()
                .kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(ends).containsExactly(4004);
    }

    @Test
    void the_end_is_told_once_and_last_with_everything_still_readable() {
        Lobby lobby = Lobby.with(hub -> hub.onDisconnect((client, reason) -> told.add(reason.code() + " "
                        + client.groups() + " " + client.get(COLOUR).orElse("") + " " + client.isConnected() + " "
                        + client.hub().find(client.id()).isPresent()))
                .on("event", client -> told.add("event")));
        Visitor ann = lobby.enter("ann");
        ann.client().join("red");
        ann.client().set(COLOUR, "blue");
        ann.handler().onText("{\"event\":\"event\"}", true);

        ann.handler().onClosed(CloseReason.GOING_AWAY);
        ann.handler().onClosed(CloseReason.CONNECTION_LOST);
        ann.client().kick(CloseReason.KICKED);
        lobby.settle();

        assertThat(told).containsExactly("event", "1001 [red] blue false false");
    }

    @Test
    void memberships_end_before_the_session_is_told_to_have_ended() {
        Lobby lobby = Lobby.with(this::tellAll);
        Visitor ann = lobby.enter("ann");
        ann.client().join("red");
        ann.client().join("blue");
        ann.client().leave("red");
        told.clear();

        ann.client().close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsSubsequence("left blue", "out 1000").doesNotContain("left red");
    }

    @Test
    void a_client_whose_session_ends_while_it_is_told_to_have_joined_has_left_behind_that() {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        Lobby lobby = Lobby.with(hub ->
                tellAll(hub.onJoined("red", (client, group) -> meanwhile.get().run())));
        Visitor ann = lobby.enter("ann");
        told.clear();
        meanwhile.set(() -> {
            ann.client().close(CloseReason.NORMAL);
            lobby.settle();
        });

        ann.client().join("red");
        lobby.settle();

        assertThat(told)
                .containsSubsequence("joined red", "left red", "out 1000")
                .contains("-ann");
    }

    @Test
    void joining_and_leaving_are_told_on_the_thread_that_does_it_and_once() {
        Lobby lobby = Lobby.with(this::tellAll);
        Visitor ann = lobby.enter("ann");
        told.clear();

        assertThat(ann.client().join("red")).isTrue();
        assertThat(ann.client().join("red")).isFalse();
        assertThat(ann.client().leave("red")).isTrue();
        assertThat(ann.client().leave("red")).isFalse();

        assertThat(told).containsExactly("joined red", "left red");
    }

    @Test
    void what_is_sent_on_joining_comes_before_what_is_sent_to_the_group() {
        Lobby lobby = Lobby.with(hub -> hub.onJoined("red", (client, group) -> client.send("state", 1)));
        Visitor ann = lobby.enter("ann");

        ann.client().join("red");
        lobby.hub().group("red").send("news", 2);

        assertThat(ann.received())
                .containsExactly(
                        "{\"event\":\"state\",\"data\":1,\"code\":0}", "{\"event\":\"news\",\"data\":2,\"code\":0}");
    }

    @Test
    void only_groups_that_fit_the_pattern_are_told() {
        Lobby lobby = Lobby.with(hub -> hub.onJoined("lot-{id}", (client, group) -> told.add(group)));
        Visitor ann = lobby.enter("ann");

        ann.client().join("room-1");
        ann.client().join("lot-7");

        assertThat(told).containsExactly("lot-7");
    }

    @Test
    void a_user_comes_with_the_first_device_and_goes_with_the_last() {
        Lobby lobby = Lobby.with(hub ->
                hub.onUserOnline(user -> told.add("+" + user.id())).onUserOffline(user -> told.add("-" + user.id())));
        Visitor phone = lobby.enter("ann");
        Visitor laptop = lobby.enter("ann");
        lobby.enterAnonymously();
        phone.client().close(CloseReason.NORMAL);
        lobby.settle();
        assertThat(told).containsExactly("+ann");

        laptop.client().close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsExactly("+ann", "-ann");
    }

    @Test
    void what_a_callback_throws_stops_no_other() {
        Lobby lobby = Lobby.with(hub -> hub.onDisconnect((client, reason) -> {
                    throw new AssertionError("thrown on purpose");
                })
                .onLeft("*", (client, group) -> {
                    throw new IllegalStateException("thrown on purpose");
                })
                .onUserOffline(user -> {
                    throw new StackOverflowError();
                })
                .onUserOffline(user -> told.add("-" + user.id()))
                .onDisconnect((client, reason) -> told.add("out")));
        Visitor ann = lobby.enter("ann");
        ann.client().join("red");

        ann.client().close(CloseReason.NORMAL);
        lobby.settle();

        assertThat(told).containsExactlyInAnyOrder("out", "-ann");
    }
}
