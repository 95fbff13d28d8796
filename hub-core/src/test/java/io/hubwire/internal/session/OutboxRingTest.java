// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OutboxRingTest {
    private static final int STEPS = 3_000;

    @RepeatedTest(20)
    void does_what_a_plain_list_does_whatever_is_added_and_taken(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        OutboxPolicy policy = OutboxPolicy.atMost(1 + random.nextInt(40), 1024 + random.nextInt(2000));
        SessionContext context = SessionStage.of(new ManualRuntime(), policy).context();
        OutboxRing ring = new OutboxRing(context);
        ArrayDeque<Outgoing> model = new ArrayDeque<>();

        for (int step = 0; step < STEPS; step++) {
            boolean isAdding = random.nextInt(100) < (step / 200 % 2 == 0 ? 70 : 30);
            if (isAdding) {
                Outgoing message = SessionStage.message("m".repeat(random.nextInt(120)));
                boolean fits = model.size() < policy.messages() && bytes(model) + message.bytes() <= policy.bytes();

                assertThat(ring.tryAdd(message)).isEqualTo(fits);
                if (fits) {
                    model.add(message);
                }
            } else {
                assertThat(ring.poll()).isSameAs(model.poll());
            }
            assertThat(ring.size()).isEqualTo(model.size());
            assertThat(context.outboxBudget().used()).isEqualTo(bytes(model));
        }
    }

    @RepeatedTest(20)
    void keeps_the_newest_of_each_key_at_its_own_place(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        OutboxPolicy policy = OutboxPolicy.atMost(1 + random.nextInt(40), 1024 + random.nextInt(2000));
        SessionContext context = SessionStage.of(new ManualRuntime(), policy).context();
        OutboxRing ring = new OutboxRing(context);
        List<Outgoing> model = new ArrayList<>();

        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) < (step / 200 % 2 == 0 ? 30 : 70) && !model.isEmpty()) {
                assertThat(ring.poll()).isSameAs(model.remove(0));
            }
            Outgoing message = keyed("m".repeat(random.nextInt(120)), random.nextInt(8));
            List<Outgoing> evicted = new ArrayList<>();
            List<Outgoing> others = new ArrayList<>(model);
            others.removeIf(other -> message.key() != null && message.key().equals(other.key()));
            boolean fits = others.size() < policy.messages() && bytes(others) + message.bytes() <= policy.bytes();

            assertThat(ring.offer(message, evicted)).isEqualTo(fits ? null : Refusal.OVERFLOW);
            if (fits) {
                assertThat(evicted).hasSize(model.size() - others.size());
                model = others;
                model.add(message);
            }
            assertThat(ring.size()).isEqualTo(model.size());
            assertThat(context.outboxBudget().used()).isEqualTo(bytes(model));
        }
        assertThat(ring.clear()).isEqualTo(model);
    }

    /** Half of them without a key. */
    private static Outgoing keyed(String text, int number) {
        boolean hasKey = number < 4;
        return new Outgoing(
                "said",
                Frame.of(text),
                hasKey ? Delivery.LATEST : Delivery.COUNTED,
                hasKey ? number : null,
                Outgoing.Receipt.NONE);
    }

    @Test
    void takes_nothing_beyond_the_budget_of_the_hub_and_gives_back_what_it_took() {
        SessionStage stage =
                SessionStage.of(new ManualRuntime(), OutboxPolicy.defaults().hubBytes(1 << 20));
        stage.open(RecordingConnection.inline());
        stage.open(RecordingConnection.inline()); // two, so that a fair share is what each takes below
        SessionContext context = stage.context();
        OutboxRing ring = new OutboxRing(context);
        OutboxRing other = new OutboxRing(context);
        Outgoing large = SessionStage.message("x".repeat(1 << 19));

        assertThat(ring.tryAdd(large)).isTrue();
        assertThat(other.tryAdd(large)).isTrue();
        assertThat(other.tryAdd(SessionStage.message("y"))).isFalse();
        assertThat(other.size()).isEqualTo(1);

        ring.poll();

        assertThat(context.outboxBudget().used()).isEqualTo(1 << 19);
        assertThat(other.tryAdd(SessionStage.message("y"))).isTrue();
    }

    @Test
    void counts_bytes_of_utf8_and_not_characters() {
        SessionContext context = SessionStage.of(new ManualRuntime(), OutboxPolicy.atMost(10, 1024))
                .context();
        OutboxRing ring = new OutboxRing(context);

        assertThat(ring.tryAdd(SessionStage.message("€".repeat(341)))).isTrue();
        assertThat(context.outboxBudget().used()).isEqualTo(1023);
        assertThat(ring.tryAdd(SessionStage.message("é"))).isFalse();
        assertThat(ring.tryAdd(SessionStage.message("e"))).isTrue();
    }

    private static long bytes(Iterable<Outgoing> messages) {
        long sum = 0;
        for (Outgoing message : messages) {
            sum += message.bytes();
        }
        return sum;
    }
}
