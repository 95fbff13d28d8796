// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy once more about the groups that a client is in, a few at a time: whatever is not a yes in time takes the client out.
 * Thread-safe; the policy is asked on the hub's executor.
 */
final class JoinReview {
    private static final int AT_ONCE = 8;
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Client client;
    private final JoinPolicy policy;
    private final Executor executor;
    private final Queue<String> unasked;
    private final Set<String> undecided = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left;
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

    JoinReview(Client client, JoinPolicy policy, List<String> groups) {
        this.client = client;
        this.policy = policy;
        this.executor = client.hub().timers().executor();
        this.unasked = new ConcurrentLinkedQueue<>(groups);
        this.undecided.addAll(groups);
        this.left = new AtomicInteger(groups.size());
    }

    /** Completes when every group is decided. */
    CompletionStage<?> begin() {
        Timers.Task limit = client.hub().timers().after(LIMIT, this::denyRest);
        int askers = Math.min(AT_ONCE, left.get());
        for (int i = 0; i < askers; i++) {
            executor.execute(this::askNext);
        }
        return over.whenComplete((unused, failure) -> limit.cancel());
    }

    private void askNext() {
        String group = unasked.poll();
        if (group == null || over.isDone()) {
            return;
        }
        ask(group).whenComplete((allowed, failure) -> {
            decide(group, failure == null && Boolean.TRUE.equals(allowed));
            executor.execute(this::askNext);
        });
    }

    private CompletionStage<Boolean> ask(String group) {
        try {
            return policy.mayJoin(client, group);
        } catch (Throwable failure) { // whatever user code throws denies
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void denyRest() {
        undecided.forEach(group -> decide(group, false));
    }

    private void decide(String group, boolean isAllowed) {
        if (!undecided.remove(group)) {
            return;
        }
        try {
            if (!isAllowed) {
                client.leave(group, "denied");
            }
        } finally {
            if (left.decrementAndGet() == 0) {
                over.complete(null);
            }
        }
    }
}
