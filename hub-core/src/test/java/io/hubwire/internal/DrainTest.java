// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.ConnectionLimits;
import io.hubwire.Hub.ShutdownReport;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A hub that stops, as clients that can come back see it. */
class DrainTest {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final List<String> told = new ArrayList<>();
    private final Lobby lobby = Lobby.with(hub -> hub.connections(
                    ConnectionLimits.defaults().handshakesPerSecond(100, 10_000).perUser(10_000))
            .onDisconnect((client, reason) -> told.add("out " + reason.code())));

    private ResumingPeer peer() {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann");
    }

    private CompletableFuture<ShutdownReport> shutdown() {
        CompletableFuture<ShutdownReport> over = lobby.hub().shutdown(GRACE).toCompletableFuture();
        lobby.settle();
        return over;
    }

    private static long slot(ResumingPeer peer) {
        String last = peer.connection().sent().get(peer.connection().sent().size() - 1);
        try {
            assertThat(last).startsWith("{\"event\":\"hub/drain\"");
            return JSON.readTree(last).get("data").get("reconnectInMs").asLong();
        } catch (JsonProcessingException e) {
            throw new AssertionError(last, e);
        }
    }

    private List<ResumingPeer> crowd(int size) {
        List<ResumingPeer> crowd = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            crowd.add(peer().hello());
        }
        return crowd;
    }

    @Test
    void a_client_is_told_when_to_come_back_and_then_closed_with_4202() {
        ResumingPeer ann = peer().hello();
        Visitor classic = lobby.enter("bob");

        CompletableFuture<ShutdownReport> over = shutdown();

        assertThat(slot(ann)).isBetween(0L, 1_000L);
        assertThat(ann.connection().log()).last().isEqualTo("close 4202");
        assertThat(classic.received()).isEmpty();
        assertThat(classic.connection().closes()).containsExactly(CloseReason.SERVICE_RESTART);
        ann.handler().onClosed(CloseReason.DRAIN);
        classic.handler().onClosed(CloseReason.SERVICE_RESTART);
        lobby.settle();
        assertThat(over).isCompletedWithValue(new ShutdownReport(2, 0));
        assertThat(told).containsExactlyInAnyOrder("out 4202", "out 1012");
    }

    @Test
    void a_few_come_back_within_a_second_each_at_a_time_of_its_own() {
        List<ResumingPeer> crowd = crowd(10);

        shutdown();

        assertThat(crowd.stream().map(DrainTest::slot))
                .containsExactlyInAnyOrder(0L, 100L, 200L, 300L, 400L, 500L, 600L, 700L, 800L, 900L);
    }

    @Test
    void many_come_back_no_faster_than_they_are_let_in() {
        List<ResumingPeer> crowd = crowd(500);

        shutdown();

        List<Long> slots = crowd.stream().map(DrainTest::slot).sorted().toList();
        assertThat(slots).doesNotHaveDuplicates();
        assertThat(slots.get(99)).isBetween(900L, 1_000L);
        assertThat(slots.get(499)).isBetween(4_900L, 5_000L);
    }

    @Test
    void no_slot_is_later_than_the_grace() {
        List<ResumingPeer> crowd = crowd(1_500);

        shutdown();

        assertThat(crowd.stream().mapToLong(DrainTest::slot).max().orElseThrow())
                .isBetween(9_900L, 10_000L);
    }

    @Test
    void a_session_that_is_away_is_not_waited_for() {
        ResumingPeer ann = peer().hello().drop();

        CompletableFuture<ShutdownReport> over = shutdown();

        assertThat(over).isCompletedWithValue(new ShutdownReport(1, 0));
        assertThat(lobby.hub().find(ann.id())).isEmpty();
    }

    @Test
    void a_client_that_has_not_greeted_is_closed_with_4202() {
        ResumingPeer silent = peer();

        CompletableFuture<ShutdownReport> over = shutdown();

        assertThat(silent.connection().closes()).containsExactly(CloseReason.DRAIN);
        silent.handler().onClosed(CloseReason.DRAIN);
        lobby.settle();
        assertThat(over).isDone();
    }

    @Test
    void nobody_comes_in_any_more() {
        shutdown();

        assertThat(Door.refused(lobby.hub(), BareHandshake.anonymous().offering("hubwire.v1")))
                .isEqualTo(503);
    }

    @Test
    void a_peer_that_takes_nothing_is_cut_within_the_grace() {
        RecordingConnection stalled = RecordingConnection.deferred();
        Door.open(lobby.hub(), BareHandshake.anonymous().offering("hubwire.v1"), stalled)
                .onText("{\"event\":\"hub/hello\"}", true);
        lobby.settle();

        CompletableFuture<ShutdownReport> over = shutdown();
        lobby.advance(GRACE);
        lobby.settle();

        assertThat(over).isDone();
        assertThat(stalled.aborts()).isPositive();
    }
}
