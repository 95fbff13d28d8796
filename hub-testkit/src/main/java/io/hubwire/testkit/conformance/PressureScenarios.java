// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Outcome;
import io.hubwire.SendReport.Refusal;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients that do not read: what waits for them is bounded, and nobody else waits for them. */
interface PressureScenarios extends Stage {
    /** More than sockets and their buffers take for one who does not read, in messages of {@link #PAGE}. */
    int ENOUGH = 1_000;

    /** The text of one long message. */
    String PAGE = "x".repeat(32 << 10);

    @Test
    default void a_client_that_does_not_read_is_ended_and_nobody_else_notices() {
        OutboxPolicy small = OutboxPolicy.atMost(8, 1 << 20);
        try (TestHub hub = chat(builder -> builder.outbox(small))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            bob.stopReading();

            int sent = 0;
            while (hub.hub().user("bob").size() > 0 && sent < ENOUGH) {
                hub.hub().all().send(Chat.SAID, new Said("hub " + sent, PAGE));
                ann.expectPush(Chat.SAID).hasData("{\"by\":\"hub " + sent + "\"}");
                sent++;
            }

            assertThat(sent).isLessThan(ENOUGH);
            assertThat(hub).endedSession(bob, CloseReason.SLOW_CONSUMER);
            catchUp(ann);
            ann.expectNoPush();
            bob.resumeReading();
            letPass(hub, Duration.ofSeconds(5));
            hub.settleUntil(() -> !bob.isConnected());
        }
    }

    @Test
    default void a_kick_of_a_client_that_does_not_read_ends_its_session_at_once() {
        List<String> ends = new CopyOnWriteArrayList<>();
        try (TestHub hub = chat(builder ->
                builder.onDisconnect((client, reason) -> ends.add(Chat.nameOf(client) + " " + reason.code())))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            catchUp(bob);
            bob.stopReading();
            IntStream.range(0, 20).forEach(i -> bob.session().send(Chat.SAID, new Said("" + i, PAGE)));

            bob.session().kick(CloseReason.KICKED);

            hub.settleUntil(() -> !ends.isEmpty());
            assertThat(ends).containsExactly("bob 4004");
            assertThat(hub).hasOnlineUsers("ann").endedSession(bob, CloseReason.KICKED);
            catchUp(ann);
        }
    }

    @Test
    default void a_client_that_reads_again_gets_all_that_waited_in_order() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            bob.stopReading();

            for (int i = 0; i < 200; i++) {
                hub.hub().all().send(Chat.SAID, new Said("" + i, "y".repeat(1_000)));
                ann.expectPush(Chat.SAID);
            }
            bob.resumeReading();

            catchUp(bob);
            assertThat(bob.received(Chat.SAID)).extracting(Said::by).containsExactlyElementsOf(numbers(0, 200));
            assertThat(bob).isConnected();
        }
    }

    @Test
    default void the_oldest_that_waits_makes_room_where_the_policy_says_so() {
        OutboxPolicy newest = OutboxPolicy.atMost(4, 1 << 20).onOverflow(Overflow.DROP_OLDEST);
        AtomicInteger dropped = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        try (TestHub hub = chat(builder -> builder.outbox(newest).observer(counting(dropped)))) {
            TestClient bob = hub.connect("bob");
            bob.stopReading();

            int sent = 0;
            while (dropped.get() < 4 && sent < ENOUGH) {
                SendReport report = hub.hub().all().send(Chat.SAID, new Said("" + sent, PAGE));
                report.written().thenAccept(outcome -> lost.addAndGet(outcome.lost()));
                hub.settle();
                sent++;
            }
            assertThat(sent).isLessThan(ENOUGH);
            hub.settleUntil(() -> lost.get() == 4); // senders are told by threads of their own
            bob.resumeReading();

            catchUp(bob);
            List<String> arrived =
                    bob.received(Chat.SAID).stream().map(Said::by).toList();
            assertThat(arrived)
                    .startsWith("0")
                    .endsWith(numbers(sent - 3, sent).toArray(String[]::new))
                    .hasSizeLessThan(sent)
                    .isSubsetOf(numbers(0, sent))
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.comparingInt(Integer::parseInt));
        }
    }

    @Test
    default void what_is_ephemeral_is_left_out_for_one_for_whom_something_waits() {
        EventType<Integer> cursor = EventType.of("chat/cursor", Integer.class).ephemeral();
        try (TestHub hub = chat(builder -> builder.emits(cursor))) {
            TestClient bob = hub.connect("bob");
            bob.stopReading();
            int sent = 0;
            int accepted = 0;
            SendReport last;
            do {
                bob.session().send(Chat.SAID, new Said("" + sent, PAGE));
                last = bob.session().send(cursor, sent);
                accepted += last.accepted();
                sent++;
            } while (last.refused(Refusal.SUPERSEDED) == 0 && sent < ENOUGH);
            bob.resumeReading();

            assertThat(sent).isLessThan(ENOUGH);
            catchUp(bob);
            assertThat(bob).received(Chat.SAID).hasSize(sent);
            assertThat(bob).received(cursor).hasSize(accepted);
        }
    }

    @Test
    default void a_send_says_when_it_was_written_to_everybody() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            hub.connect("bob");

            SendReport report = hub.hub().all().send(Chat.NUMBER, 1);
            CompletableFuture<Outcome> written = report.written().toCompletableFuture();

            hub.settleUntil(written::isDone);
            assertThat(report.targets()).isEqualTo(2);
            assertThat(written.join()).isEqualTo(new Outcome(2, 0));
            ann.expectPush(Chat.NUMBER);
        }
    }

    /** Counts what outboxes drop, as soon as they do. */
    private static HubObserver counting(AtomicInteger drops) {
        return new HubObserver() {
            @Override
            public void dropped(String client, String event, Frame frame) {
                drops.incrementAndGet();
            }
        };
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
