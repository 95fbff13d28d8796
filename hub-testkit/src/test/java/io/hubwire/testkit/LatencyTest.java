// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.HubBuilder;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final Duration ONE_WAY = Duration.ofMillis(40);

    private final List<String> handled = new ArrayList<>();

    @Test
    void what_a_client_sends_arrives_after_that_time_and_so_does_the_answer() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.client().user("ann").latency(ONE_WAY).connect();
            Reply<Object> reply = ann.request("say", "a");

            hub.advance(Duration.ofMillis(39));
            assertThat(handled).isEmpty();

            hub.advance(Duration.ofMillis(1));
            assertThat(handled).containsExactly("a");
            assertThat(reply.message()).isEmpty();

            hub.advance(ONE_WAY);
            reply.isOk();
        }
    }

    @Test
    void messages_are_under_way_together_and_keep_their_order() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.client().user("ann").latency(ONE_WAY).connect();
            List.of("a", "b", "c").forEach(text -> ann.send("say", text));
            List.of("1", "2", "3").forEach(text -> hub.hub().all().send("news", text));

            hub.advance(ONE_WAY);

            assertThat(handled).containsExactly("a", "b", "c");
            assertThat(ann).received("news", String.class).containsExactly("1", "2", "3");
        }
    }

    @Test
    void what_is_sent_over_a_better_line_does_not_overtake() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.connect("ann");
            ann.latency(ONE_WAY);
            ann.send("say", "slow");
            hub.hub().all().send("news", "slow");
            ann.latency(Duration.ZERO);
            ann.send("say", "quick");
            hub.hub().all().send("news", "quick");

            hub.settle();
            assertThat(handled).isEmpty();

            hub.advance(ONE_WAY);
            assertThat(handled).containsExactly("slow", "quick");
            assertThat(ann).received("news", String.class).containsExactly("slow", "quick");
        }
    }

    @Test
    void whoever_stops_reading_does_not_read_what_was_under_way() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.client().user("ann").latency(ONE_WAY).connect();
            hub.hub().all().send("news", "1");
            ann.stopReading();

            hub.advance(Duration.ofSeconds(1));
            assertThat(ann).receivedNothing();

            ann.resumeReading();
            assertThat(ann).received("news", String.class).containsExactly("1");
        }
    }

    @Test
    void a_close_and_its_answer_take_their_time() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.client().user("ann").latency(ONE_WAY).connect();

            ann.session().kick(CloseReason.KICKED);
            hub.settle();
            assertThat(ann).isConnected();

            hub.advance(ONE_WAY);
            assertThat(ann.closedWith()).hasValue(CloseReason.KICKED);
        }
    }

    @Test
    void the_hub_hears_of_a_drop_later_and_the_client_at_once() {
        try (TestHub hub = TestHub.of(this::application)) {
            TestClient ann = hub.client().user("ann").latency(ONE_WAY).connect();
            ann.send("say", "last words");

            ann.drop();
            assertThat(ann.isConnected()).isFalse();
            assertThat(hub).hasClients(1);

            hub.advance(ONE_WAY);
            assertThat(handled).containsExactly("last words");
            assertThat(hub).hasClients(0);
        }
    }

    @Test
    void a_pong_that_is_late_is_a_dead_client() {
        HeartbeatPolicy policy =
                HeartbeatPolicy.pingEvery(Duration.ofSeconds(25)).answerWithin(Duration.ofSeconds(10));
        try (TestHub hub = TestHub.of(builder -> builder.heartbeat(policy))) {
            TestClient near =
                    hub.client().user("near").latency(Duration.ofSeconds(4)).connect();
            TestClient far =
                    hub.client().user("far").latency(Duration.ofSeconds(6)).connect();

            hub.advance(Duration.ofMinutes(2));

            assertThat(near).isConnected();
            assertThat(far.isConnected()).isFalse();
        }
    }

    @Test
    void a_latency_is_neither_negative_nor_longer_than_a_day() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");

            assertThatIllegalArgumentException().isThrownBy(() -> ann.latency(Duration.ofMillis(-1)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hub.client().latency(Duration.ofDays(2)))
                    .withMessage("a latency of PT48H is not within 0 and PT24H");
        }
    }

    private HubBuilder application(HubBuilder builder) {
        return builder.on("say", String.class, (client, text) -> handled.add(text));
    }
}
