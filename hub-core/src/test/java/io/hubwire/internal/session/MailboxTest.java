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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int BYTES = 100;

    private final ManualRuntime runtime = new ManualRuntime();
    private final RecordingDeadlines deadlines = new RecordingDeadlines();
    private final SessionStage stage = new SessionStage(
            runtime, OutboxPolicy.defaults(), InboundLimits.defaults().mailbox(4, 1000), deadlines);
    private final Mailbox mailbox = stage.open(RecordingConnection.inline()).mailbox();
    private final List<String> handled = new ArrayList<>();

    /** A client's message. */
    private final class Message implements Mailbox.Job {
        private final String name;
        private final int bytes;
        private final CompletableFuture<String> pending = new CompletableFuture<>();
        private boolean isAsync;

        Message(String name) {
            this(name, BYTES);
        }

        Message(String name, int bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        Message async() {
            isAsync = true;
            return this;
        }

        @Override
        public @Nullable CompletionStage<?> run() {
            handled.add(name);
            return isAsync ? pending : null;
        }

        @Override
        public int bytes() {
            return bytes;
        }
    }

    @Test
    void messages_are_handled_in_the_order_of_their_arrival_and_never_on_the_thread_that_offers() {
        offer("a", "b", "c");

        assertThat(handled).isEmpty();
        runtime.runAll();
        assertThat(handled).containsExactly("a", "b", "c");
    }

    @Test
    void a_message_offered_by_a_handler_is_handled_after_it() {
        mailbox.offer(() -> {
            offer("second");
            handled.add("first");
            return null;
        });

        runtime.runAll();

        assertThat(handled).containsExactly("first", "second");
    }

    @Test
    void one_task_serves_a_lane_for_a_turn_and_then_stands_in_line_again() {
        for (int i = 0; i < 40; i++) {
            String name = "job " + i;
            mailbox.add(() -> {
                handled.add(name);
                return null;
            });
        }

        assertThat(runtime.waitingTasks()).isEqualTo(1);
        runtime.runOne();

        assertThat(handled).hasSize(16);
        assertThat(runtime.waitingTasks()).isEqualTo(1);
        runtime.runAll();
        assertThat(handled)
                .isEqualTo(IntStream.range(0, 40).mapToObj(i -> "job " + i).toList());
    }

    @Test
    void a_message_beyond_the_count_is_refused_until_one_is_taken() {
        offer("1", "2", "3", "4");

        assertThat(mailbox.offer(new Message("5"))).isFalse();
        runtime.runAll();

        assertThat(mailbox.offer(new Message("6"))).isTrue();
        runtime.runAll();
        assertThat(handled).containsExactly("1", "2", "3", "4", "6");
    }

    @Test
    void a_message_beyond_the_bytes_is_refused() {
        assertThat(mailbox.offer(new Message("1", 999))).isTrue();

        assertThat(mailbox.offer(new Message("2", 2))).isFalse();
        assertThat(mailbox.offer(new Message("3", 1))).isTrue();
    }

    @Test
    void the_budget_of_the_hub_is_taken_while_a_message_waits_and_given_back_when_it_starts() {
        offer("a", "b");
        assertThat(stage.context().mailboxBudget().used()).isEqualTo(2 * BYTES);

        mailbox.offer(() -> {
            handled.add("while the last one runs: "
                    + stage.context().mailboxBudget().used());
            return null;
        });
        runtime.runAll();

        assertThat(handled).endsWith("while the last one runs: 0");
    }

    @Test
    void a_message_beyond_the_budget_of_the_hub_is_refused_to_one_who_has_more_than_a_fair_share() {
        SessionStage small = new SessionStage(
                runtime,
                OutboxPolicy.defaults(),
                InboundLimits.defaults().mailbox(10, 1 << 20).hubBytes(1 << 20),
                deadlines);
        Mailbox hungry = small.open(RecordingConnection.inline()).mailbox();
        Mailbox other = small.open(RecordingConnection.inline()).mailbox();

        assertThat(hungry.offer(new Message("all", 1 << 20))).isTrue();

        assertThat(other.offer(new Message("half", 1 << 19))).isTrue();
        assertThat(other.offer(new Message("one", 1))).isFalse();
    }

    @Test
    void the_own_work_of_the_hub_always_has_room() {
        offer("1", "2", "3", "4");

        mailbox.add(() -> {
            handled.add("own");
            return null;
        });
        runtime.runAll();

        assertThat(handled).containsExactly("1", "2", "3", "4", "own");
    }

    @Test
    void an_asynchronous_message_holds_the_lane_until_it_completes() {
        Message slow = new Message("slow").async();
        mailbox.offer(slow);

        assertHoldsTheLane(slow);
    }

    private void assertHoldsTheLane(Message slow) {
        offer("next");

        runtime.runAll();
        assertThat(handled).containsExactly("slow");
        slow.pending.complete("");
        runtime.runAll();

        assertThat(handled).containsExactly("slow", "next");
    }

    @Test
    void an_asynchronous_message_that_fails_gives_the_lane_free_as_well() {
        Message slow = new Message("slow").async();
        mailbox.offer(slow);
        offer("next");
        runtime.runAll();

        slow.pending.completeExceptionally(new IllegalStateException("boom"));
        runtime.runAll();

        assertThat(handled).containsExactly("slow", "next");
    }

    @Test
    void a_free_lane_runs_a_message_on_the_thread_that_brings_it() {
        assertThat(mailbox.tryRun(new Message("here"))).isTrue();

        assertThat(handled).containsExactly("here");
        assertThat(runtime.waitingTasks()).isZero();
    }

    @Test
    void a_lane_that_is_not_free_runs_nothing_on_the_thread_that_brings_it() {
        offer("a");

        assertThat(mailbox.tryRun(new Message("b"))).isFalse();
        runtime.runAll();

        assertThat(handled).containsExactly("a");
        assertThat(mailbox.tryRun(new Message("c"))).isTrue();
    }

    @Test
    void what_came_while_a_message_ran_here_is_handled_by_the_hub() {
        mailbox.tryRun(() -> {
            offer("later");
            handled.add("here");
            return null;
        });

        assertThat(handled).containsExactly("here");
        runtime.runAll();
        assertThat(handled).containsExactly("here", "later");
    }

    @Test
    void an_asynchronous_message_that_began_here_holds_the_lane() {
        Message slow = new Message("slow").async();
        mailbox.tryRun(slow);

        assertHoldsTheLane(slow);
    }

    @Test
    void after_finish_what_waits_is_handled_then_the_last_job_runs_and_nothing_more() {
        offer("a", "b");

        mailbox.finish(false, lastJob());
        assertThat(mailbox.offer(new Message("late"))).isFalse();
        assertThat(mailbox.tryRun(new Message("late"))).isFalse();
        runtime.runAll();

        assertThat(handled).containsExactly("a", "b", "last");
    }

    @Test
    void finish_may_forget_what_waits_and_gives_its_memory_back() {
        offer("a", "b");

        mailbox.finish(true, lastJob());
        assertThat(stage.context().mailboxBudget().used()).isZero();
        runtime.runAll();

        assertThat(handled).containsExactly("last");
    }

    @Test
    void finish_of_an_idle_lane_runs_the_last_job() {
        mailbox.finish(true, lastJob());
        runtime.runAll();

        assertThat(handled).containsExactly("last");
    }

    @Test
    void the_last_job_waits_for_an_asynchronous_message() {
        Message slow = new Message("slow").async();
        mailbox.offer(slow);
        runtime.runAll();

        mailbox.finish(true, lastJob());
        runtime.runAll();
        assertThat(handled).containsExactly("slow");
        slow.pending.complete("");
        runtime.runAll();

        assertThat(handled).containsExactly("slow", "last");
    }

    @Test
    void a_job_that_throws_does_not_stop_the_lane() {
        offer("a");
        mailbox.add(() -> {
            throw new AssertionError("thrown on purpose");
        });
        offer("b");

        runtime.runAll();
        assertThat(mailbox.tryRun(() -> {
                    throw new IllegalStateException("thrown on purpose");
                }))
                .isTrue();
        offer("c");
        runtime.runAll();

        assertThat(handled).containsExactly("a", "b", "c");
    }

    @Test
    void a_lane_finishes_once() {
        mailbox.finish(true, lastJob());
        mailbox.finish(true, lastJob());
        runtime.runAll();

        assertThat(handled).containsExactly("last");
    }

    private void offer(String... names) {
        for (String name : names) {
            assertThat(mailbox.offer(new Message(name))).isTrue();
        }
    }

    private Mailbox.Job lastJob() {
        return () -> {
            handled.add("last");
            return null;
        };
    }
}
