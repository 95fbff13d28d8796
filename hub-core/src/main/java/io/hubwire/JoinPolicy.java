// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Decides which groups a client may enter on its own wish. User code: must be thread-safe. Null denies; a throw or a failed stage
 * denies too, and fails the client's request as any handler's failure does.
 */
@FunctionalInterface
public interface JoinPolicy {
    /**
     * Whether the client may enter; may be answered later, and the client's later messages wait for it. An answer that takes longer
     * than a handler may is ignored, and the client stays outside.
     */
    CompletionStage<Boolean> mayJoin(Client client, String group);

    /** Nobody may enter anything. */
    static JoinPolicy deny() {
        return allowIf((client, group) -> false);
    }

    /** Everybody may enter groups that fit one of these {@linkplain GroupPattern patterns}. */
    static JoinPolicy allow(String... patterns) {
        GroupPattern[] compiled = Stream.of(patterns).map(GroupPattern::of).toArray(GroupPattern[]::new);
        return allowIf((client, group) -> Stream.of(compiled).anyMatch(pattern -> pattern.matches(group)));
    }

    /** Decides at once. */
    static JoinPolicy allowIf(BiPredicate<? super Client, ? super String> rule) {
        return (client, group) -> CompletableFuture.completedFuture(rule.test(client, group));
    }

    /** Both must agree. */
    default JoinPolicy and(BiPredicate<? super Client, ? super String> rule) {
        return (client, group) ->
                mayJoin(client, group).thenApply(allowed -> Boolean.TRUE.equals(allowed) && rule.test(client, group));
    }
}
