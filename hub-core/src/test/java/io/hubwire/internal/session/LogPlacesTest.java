// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What newer messages of the same keys leave behind in a session's log. */
class LogPlacesTest {
    private final SessionContext context = SessionStage.of(new ManualRuntime(), OutboxPolicy.atMost(1_000, 1 << 20))
            .context();
    private final SessionLog log = new SessionLog(context, ResumePolicy.defaults());
    private final List<String> waiting = new ArrayList<>();

    @RepeatedTest(20)
    void closing_empty_places_keeps_what_waits_in_its_order(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        log.pass(message(-1, 0));
        for (int number = 1; number <= 3_000; number++) {
            int key = random.nextInt(100) < 2 ? -1 : random.nextInt(4);
            offer(key, number);
            if (random.nextInt(500) == 0) {
                assertThat(written()).isEqualTo(waiting);
                waiting.clear();
            }
        }

        assertThat(written()).isEqualTo(waiting);
    }

    @Test
    void they_do_not_pile_up_in_front_of_a_client_that_reads_nothing() {
        LogRing ring = new LogRing();
        LatestPlaces latest = new LatestPlaces();
        ring.add(message(-1, 0), 1);
        for (int number = 0; number < 100_000; number++) {
            Outgoing message = message(0, number);
            long older = latest.find(message);
            if (older != LatestPlaces.NOWHERE) {
                ring.empty(older);
            }
            if (ring.isSparse(1, 1)) {
                ring.closeUp(1, latest);
            }
            latest.put(message, ring.add(message, 0));
        }

        assertThat(ring.end() - ring.first()).isLessThan(100);
    }

    @RepeatedTest(20)
    void of_what_was_written_they_are_closed_without_a_change_to_what_is_sent_again(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int number = 1; number <= 2_000; number++) {
            int key = number % 150 == 0 ? -1 : random.nextInt(3) * random.nextInt(9);
            offer(key, number);
            if (random.nextInt(3) == 0) {
                written();
            }
        }
        written();

        for (int resume = 0; resume < 3; resume++) {
            log.detach();
            assertThat(log.canResumeFrom(0)).isTrue();
            log.resumeFrom(0);
            assertThat(written()).isEqualTo(waiting);
        }
        assertThat(log.places()).isLessThan(500);
    }

    @Test
    void a_key_that_is_quiet_is_kept_beside_one_that_is_not() {
        offer(0, 0);
        for (int number = 1; number <= 200_000; number++) {
            offer(1, number);
            written();
        }

        assertThat(log.places()).isLessThan(100);
        assertThat(log.canResumeFrom(0)).isTrue();
        log.detach();
        log.resumeFrom(0);
        assertThat(written()).containsExactly("<0:0>", "<1:200000>");
    }

    @Test
    void gaps_that_nobody_acknowledges_are_forgotten_some_time() {
        SessionContext small = SessionStage.of(
                        new ManualRuntime(), OutboxPolicy.atMost(10, 1024).onOverflow(Overflow.DROP_NEWEST))
                .context();
        SessionLog gaps = new SessionLog(small, ResumePolicy.defaults());
        Outgoing large =
                new Outgoing("said", Frame.of("x".repeat(2_000)), Delivery.COUNTED, null, Outgoing.Receipt.NONE);
        for (int number = 0; number < 70_000; number++) {
            assertThat(gaps.offer(large, new ArrayList<>())).isNotNull();
            gaps.poll();
        }
        gaps.pass(message(-1, 0)).receipt().onWritten();
        gaps.pass(message(-1, 1));

        assertThat(gaps.places()).isLessThan(66_000);
        assertThat(gaps.canResumeFrom(0)).isFalse();
    }

    private void offer(int key, int number) {
        Outgoing message = message(key, number);
        assertThat(log.offer(message, new ArrayList<>())).isNull();
        if (key >= 0) {
            waiting.removeIf(text -> text.startsWith("<" + key + ":"));
        }
        waiting.add(message.frame().text());
    }

    private static Outgoing message(int key, int number) {
        boolean hasKey = key >= 0;
        return new Outgoing(
                "said",
                Frame.of("<" + key + ":" + number + ">"),
                hasKey ? Delivery.LATEST : Delivery.COUNTED,
                hasKey ? key : null,
                Outgoing.Receipt.NONE);
    }

    private List<String> written() {
        StringBuilder frames = new StringBuilder();
        for (Outgoing frame = log.poll(); frame != null; frame = log.poll()) {
            frames.append(frame.frame().text());
            frame.receipt().onWritten();
        }
        return Pattern.compile("<[^>]*>")
                .matcher(frames)
                .results()
                .map(result -> result.group())
                .toList();
    }
}
