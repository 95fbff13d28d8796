// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.OwnThread;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawPeer;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** One endpoint serves both profiles: the same messages in the same bytes, and neither sees anything of the other. */
class BothProfilesTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final EventType<Integer> CURSOR =
            EventType.of("cursor", Integer.class).ephemeral();
    private static final String JOIN = "{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}";

    private final Hub hub = Hub.builder()
            .install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
            .authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
            .emits(NOTE, CURSOR)
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    private RawPeer classic() throws Exception {
        return server.peer().header("Authorization", "Bearer ann").open();
    }

    @Test
    void a_group_hears_the_same_bytes_in_both() throws Exception {
        try (RawPeer classic = classic();
                ResumingPeer resuming = ResumingPeer.greeted(server, "ann")) {
            classic.sendText(JOIN);
            String joined = classic.receiveText();
            assertThat(joined).startsWith("{\"event\":\"join\",\"data\":[\"room-1\"],\"code\":0,\"timestamp\":");
            resuming.send(JOIN);
            assertThat(resuming.receive()).startsWith("[1,{\"event\":\"join\",");

            hub.group("room-1").send(CURSOR, 7);
            String cursor = classic.receiveText();
            assertThat(cursor).startsWith("{\"event\":\"cursor\",\"data\":7,").endsWith(",\"volatile\":true}");
            assertThat(resuming.receive()).isEqualTo(cursor);

            hub.group("room-1").send(NOTE, 8);
            String note = classic.receiveText();
            assertThat(note).matches("\\{\"event\":\"note\",\"data\":8,\"code\":0,\"timestamp\":\\d+}");
            assertThat(resuming.receive()).isEqualTo("[2," + note + "]");
        }
    }

    @Test
    void a_connection_that_is_lost_is_a_session_that_ends_in_one_and_waits_in_the_other() throws Exception {
        try (RawPeer classic = classic();
                ResumingPeer resuming = ResumingPeer.greeted(server, "ann")) {
            await().until(() -> hub.user("ann").clients().size() == 2);

            classic.reset();
            resuming.reset();

            await().until(() -> hub.user("ann").clients().size() == 1);
            await().until(() -> hub.find(resuming.client()).orElseThrow().isAway());
            try (ResumingPeer again = resuming.resumed(server, 0)) {
                assertThat(again.isResumed()).isTrue();
            }
        }
    }

    @Test
    void a_planned_stop_is_told_to_one_and_closes_the_other_as_ever() throws Exception {
        try (RawPeer classic = classic();
                ResumingPeer resuming = ResumingPeer.greeted(server, "ann")) {
            await().until(() -> hub.user("ann").clients().size() == 2);

            OwnThread.OWN_THREAD.execute(() -> hub.shutdown(Duration.ofSeconds(5)));

            assertThat(classic.receiveClose().closeCode()).isEqualTo(1012);
            assertThat(resuming.receive()).startsWith("{\"event\":\"hub/drain\",\"data\":{\"reconnectInMs\":");
            assertThat(resuming.receiveClose()).isEqualTo(4202);
        }
    }
}
