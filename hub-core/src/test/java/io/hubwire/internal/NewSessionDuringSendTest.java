// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.SendReport;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that gets a message, loses its connection and its session, and has a new one before the message was sent to everybody. */
class NewSessionDuringSendTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final int PEERS = 20;
    private static final int SMALL_TABLE = 16;

    private final Lobby lobby = Lobby.with(hub -> hub.onConnect(client -> client.join("room")));
    private final List<ResumingPeer> peers = IntStream.range(0, PEERS)
            .mapToObj(i ->
                    ResumingPeer.to(lobby.hub(), lobby.runtime(), "user-" + i).hello())
            .toList();

    /** Whom a message reaches at another time than others. */
    enum Path {
        ALL(Hub::all),
        GROUP(hub -> hub.group("room")),
        PARTS(hub -> IntStream.range(0, PEERS)
                .<Audience>mapToObj(i -> hub.user("user-" + i))
                .reduce(hub.group("room"), Audience::and));

        private final Function<Hub, Audience> audience;

        Path(Function<Hub, Audience> audience) {
            this.audience = audience;
        }
    }

    private static void beginAnew(ResumingPeer peer) {
        peer.read().drop().dialAgain().claim("unknown", peer.last());
    }

    @ParameterizedTest
    @EnumSource
    void does_not_get_it_again(Path path) {
        peers.forEach(peer -> peer.connection().duringNextSend(() -> beginAnew(peer)));

        SendReport report = path.audience.apply(lobby.hub()).send(NEWS, 1);
        lobby.settle();

        assertThat(peers).allSatisfy(peer -> assertThat(peer.hellos()).isEqualTo(2));
        assertThat(peers).allSatisfy(peer -> assertThat(peer.read().received()).containsExactly("1"));
        assertThat(report.targets()).isEqualTo(PEERS);
    }

    @ParameterizedTest
    @EnumSource
    void gets_what_is_sent_afterwards(Path path) {
        peers.forEach(peer -> peer.connection().duringNextSend(() -> beginAnew(peer)));
        path.audience.apply(lobby.hub()).send(NEWS, 1);

        path.audience.apply(lobby.hub()).send(NEWS, 2);
        lobby.settle();

        assertThat(peers).allSatisfy(peer -> assertThat(peer.read().received()).containsExactly("1", "2"));
    }

    /** Both are in one bin of a small hash table, in which the one that comes again is behind the other. */
    @Test
    void nor_does_a_member_that_leaves_the_group_and_comes_again() {
        ResumingPeer ann = peers.get(0);
        ResumingPeer bob = peers.get(SMALL_TABLE);
        Client annsClient = member("red", 0);
        member("red", SMALL_TABLE);
        ann.connection().duringNextSend(() -> {
            assertThat(annsClient.leave("red")).isTrue();
            assertThat(annsClient.join("red")).isTrue();
        });

        SendReport report = lobby.hub().group("red").send(NEWS, 1);
        lobby.hub().group("red").send(NEWS, 2);
        lobby.settle();

        assertThat(ann.read().received()).containsExactly("1", "2");
        assertThat(bob.read().received()).containsExactly("1", "2");
        assertThat(report.targets()).isEqualTo(2);
    }

    private Client member(String group, int peer) {
        Client client = lobby.hub().user("user-" + peer).clients().get(0);
        client.join(group);
        return client;
    }
}
