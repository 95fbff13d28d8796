// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.RecordingDeadlines;
import io.hubwire.internal.testing.SessionStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxTimeTest {
    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingDeadlines deadlines = new RecordingDeadlines();
    private final SessionStage stage =
            new SessionStage(runtime, OutboxPolicy.defaults(), InboundLimits.defaults(), deadlines);
    private final Mailbox mailbox = stage.open(RecordingConnection.inline()).mailbox();
    private final List<String> handled = new ArrayList<>();

    /** A message that may take only so long. */
    private final class Message implements Mailbox.Job {
        private final String name;
        private final CompletableFuture<String> pending = new CompletableFuture<>();
        private boolean isAsync;
        private long deadlineNanos = Long.MAX_VALUE;

        Message(String name) {
            this.name = name;
        }

        Message async() {
            isAsync = true;
            return this;
        }

        Message within(Duration limit) {
            deadlineNanos = runtime.nanoTime() + limit.toNanos();
            return this;
        }

        @Override
        public @Nullable CompletionStage<?> run() {
            handled.add(name);
            if (deadlineNanos != Long.MAX_VALUE) {
                mailbox.watch(this);
            }
            return isAsync ? pending : null;
        }

        @Override
        public int bytes() {
            return 10;
        }

        @Override
        public long deadlineNanos() {
            return deadlineNanos;
        }

        @Override
        public void timeOut() {
            handled.add(name + " timed out");
            pending.complete("");
        }
    }

    @Test
    void a_message_whose_time_is_over_is_told() {
        mailbox.offer(new Message("slow").async().within(Duration.ofSeconds(5)));
        mailbox.offer(new Message("next"));
        runtime.runAll();
        assertThat(deadlines.handlers())
                .containsExactly(runtime.nanoTime() + Duration.ofSeconds(5).toNanos());

        runtime.advance(Duration.ofSeconds(5));
        mailbox.checkTime(runtime.nanoTime());
        runtime.runAll();

        assertThat(handled).containsExactly("slow", "slow timed out", "next");
    }

    @Test
    void a_look_that_finds_a_later_message_looks_again_when_its_time_is_over() {
        mailbox.offer(new Message("quick").within(Duration.ofSeconds(5)));
        runtime.runAll();
        runtime.advance(Duration.ofSeconds(4));
        mailbox.offer(new Message("slow").async().within(Duration.ofSeconds(5)));
        runtime.runAll();
        assertThat(deadlines.handlers()).hasSize(1);

        runtime.advance(Duration.ofSeconds(1));
        mailbox.checkTime(runtime.nanoTime());

        assertThat(handled).containsExactly("quick", "slow");
        assertThat(deadlines.handlers())
                .hasSize(2)
                .last()
                .isEqualTo(runtime.nanoTime() + Duration.ofSeconds(4).toNanos());
    }

    @Test
    void looks_at_a_busy_lane_do_not_pile_up_when_long_and_short_limits_alternate() {
        for (int second = 0; second < 600; second++) {
            mailbox.offer(new Message("short").within(Duration.ofSeconds(1)));
            runtime.runAll();
            Message slow = new Message("long").async().within(Duration.ofSeconds(30));
            mailbox.offer(slow);
            runtime.advance(Duration.ofSeconds(1));
            playLooks();
            slow.pending.complete("");
            runtime.runAll();
        }

        assertThat(deadlines.handlers()).hasSizeLessThanOrEqualTo(32);
    }

    private void playLooks() {
        long now = runtime.nanoTime();
        List<Long> due = deadlines.handlers().stream().filter(at -> at <= now).toList();
        deadlines.handlers().removeAll(due);
        due.forEach(at -> mailbox.checkTime(now));
    }

    @Test
    void interrupt_tells_the_message_that_is_being_handled() {
        mailbox.offer(new Message("slow").async());
        runtime.runAll();

        mailbox.interrupt();

        assertThat(handled).containsExactly("slow", "slow timed out");
    }

    @Test
    void interrupt_of_an_idle_lane_does_nothing() {
        mailbox.interrupt();
        mailbox.offer(new Message("a"));
        runtime.runAll();

        assertThat(handled).containsExactly("a");
    }
}
