// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.testkit.contract.Verdict.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A transport that runs, and rules that are tried on it one after another. For one thread. */
final class ContractRun implements AutoCloseable {
    private static final Duration LONGEST_TRIAL = Duration.ofSeconds(60);

    private final TransportUnderTest transport;
    private final ContractHub hub = new ContractHub();
    private final TransportUnderTest.Running running;

    ContractRun(TransportUnderTest transport) throws Exception {
        this.transport = transport;
        this.running = transport.start(hub.hub());
    }

    /** Tries one rule, and judges the outcome by what is declared. */
    Verdict verdictOn(RuleCheck check) {
        long start = System.nanoTime();
        String failure = attempt(check);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return judge(check.rule(), failure, millis);
    }

    private Verdict judge(Rule rule, @Nullable String failure, long millis) {
        String declared = transport.knownGaps().get(rule.id());
        if (declared == null) {
            return failure == null
                    ? new Verdict(rule, Outcome.HOLDS, "", millis)
                    : new Verdict(rule, Outcome.BROKEN, failure, millis);
        }
        boolean isHealed = failure == null && rule.kind() == Rule.Kind.EXACT;
        return new Verdict(rule, isHealed ? Outcome.HEALED : Outcome.GAP, declared, millis);
    }

    /** Tries a rule; returns why it does not hold, null if it does. */
    private @Nullable String attempt(RuleCheck check) {
        try (Trial trial = new Trial(transport, running, hub)) {
            AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
            CompletableFuture<Void> work = trial.apart(() -> {
                thread.set(Thread.currentThread());
                check.body().run(trial);
            });
            BrokenRule broken = await(work, thread);
            return broken == null ? null : message(check.rule(), broken, trial.log());
        }
    }

    private static @Nullable BrokenRule await(CompletableFuture<Void> work, AtomicReference<@Nullable Thread> thread) {
        try {
            work.get(LONGEST_TRIAL.toSeconds(), TimeUnit.SECONDS);
            return null;
        } catch (TimeoutException e) {
            return new BrokenRule(
                    "an end of the trial within " + LONGEST_TRIAL.toSeconds() + " s", stuck(thread.get()));
        } catch (ExecutionException e) {
            return asBroken(rootOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new BrokenRule("an end of the trial", "an interrupt");
        }
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (!(root instanceof BrokenRule) && root.getCause() != null) {
            root = Objects.requireNonNull(root.getCause());
        }
        return root;
    }

    private static BrokenRule asBroken(Throwable failure) {
        return failure instanceof BrokenRule broken
                ? broken
                : new BrokenRule("no exception", failure + " at " + place(failure.getStackTrace()));
    }

    private static String stuck(@Nullable Thread thread) {
        return "none; its thread is at " + (thread == null ? "no place" : place(thread.getStackTrace()));
    }

    private static String place(StackTraceElement[] stack) {
        return Arrays.stream(stack).limit(6).toList().toString();
    }

    private String message(Rule rule, BrokenRule broken, TrialLog log) {
        return rule + "\n  on        " + transport.name() + "\n  expected  " + broken.expected() + "\n  seen      "
                + broken.seen() + "\n  what peers and hub did:\n" + log.text();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
