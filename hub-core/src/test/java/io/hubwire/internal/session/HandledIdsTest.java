// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.session.HandledIds.Repetition;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandledIdsTest {
    private static final Outgoing ANSWER = SessionStage.message("x".repeat(1000));

    private static final Duration WINDOW = Duration.ofMinutes(3);
    private static final long WINDOW_NANOS = WINDOW.toNanos();

    private final SessionStage stage = SessionStage.of(new ManualRuntime(), OutboxPolicy.defaults());
    private final MemoryBudget budget = stage.context().resumeBudget();
    private final HandledIds ids =
            new HandledIds(stage.openResumable(RecordingConnection.inline(), ResumePolicy.defaults()), WINDOW);

    private void handle(String id, long nowNanos) {
        assertThat(ids.begin(id, nowNanos)).isNull();
        ids.answered(id, ANSWER);
    }

    @Test
    void kept_answers_count_for_the_memory_of_the_hub_until_they_are_forgotten() {
        handle("a", 0);
        handle("b", 1);
        assertThat(budget.used()).isEqualTo(2000);

        assertThat(ids.forgetOld(WINDOW_NANOS)).isTrue();
        assertThat(budget.used()).isEqualTo(1000);

        assertThat(ids.forgetOld(WINDOW_NANOS + 1)).isFalse();
        assertThat(budget.used()).isZero();
    }

    @Test
    void they_are_remembered_for_a_minute_longer_than_their_client_may_be_away() {
        ResumePolicy policy = ResumePolicy.defaults();

        assertThat(HandledIds.window(policy)).isEqualTo(Duration.ofMinutes(3));
        assertThat(HandledIds.window(policy.within(Duration.ofHours(1)))).isEqualTo(Duration.ofMinutes(61));
    }

    @Test
    void they_are_remembered_for_two_minutes_at_least() {
        ResumePolicy policy = ResumePolicy.defaults().within(Duration.ofSeconds(10));

        assertThat(HandledIds.window(policy)).isEqualTo(Duration.ofMinutes(2));
        assertThat(HandledIds.window(ResumePolicy.disabled())).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void together_they_take_no_more_than_256_KiB() {
        IntStream.range(0, 400).forEach(i -> handle("c-" + i, i));

        assertThat(budget.used()).isEqualTo(256 * 1000);
        assertThat(ids.begin("c-143", 400)).isNull();
        assertThat(ids.begin("c-145", 400)).isEqualTo(new Repetition(false, ANSWER));
    }

    @Test
    void without_room_in_the_hub_an_id_is_remembered_without_its_answer() {
        budget.overdraw(1L << 40);
        handle("a", 0);

        assertThat(ids.begin("a", 1)).isEqualTo(new Repetition(false, null));
    }

    @Test
    void what_runs_is_not_forgotten_however_long_it_takes() {
        assertThat(ids.begin("slow", 0)).isNull();
        IntStream.range(0, 400).forEach(i -> handle("c-" + i, i));

        assertThat(ids.forgetOld(2 * WINDOW_NANOS)).isTrue();
        assertThat(ids.begin("slow", 2 * WINDOW_NANOS)).isEqualTo(new Repetition(true, null));
        assertThat(budget.used()).isZero();
    }

    @Test
    void the_end_gives_everything_back_and_keeps_nothing_that_comes_later() {
        handle("a", 0);
        assertThat(ids.begin("b", 0)).isNull();

        ids.close();
        ids.answered("b", ANSWER);
        handle("c", 0);

        assertThat(budget.used()).isZero();
    }
}
