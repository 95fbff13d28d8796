// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.SessionStage;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JoinPolicyTest {
    private final ClientSession ann =
            SessionStage.of(new ManualRuntime(), OutboxPolicy.defaults()).open(RecordingConnection.inline(), "ann");

    @Test
    void denies_unless_told_otherwise() {
        assertThat(mayJoin(JoinPolicy.deny(), "room-1")).isFalse();
    }

    @Test
    void allows_what_fits_any_of_the_patterns() {
        JoinPolicy policy = JoinPolicy.allow("room-*", "lot-{id}");

        assertThat(mayJoin(policy, "room-1")).isTrue();
        assertThat(mayJoin(policy, "lot-7")).isTrue();
        assertThat(mayJoin(policy, "staff")).isFalse();
        assertThat(mayJoin(JoinPolicy.allow(), "room-1")).isFalse();
    }

    @Test
    void may_be_narrowed_by_a_rule() {
        JoinPolicy policy = JoinPolicy.allow("user-*")
                .and((client, group) ->
                        group.equals("user-" + client.requireUser().id()));

        assertThat(mayJoin(policy, "user-ann")).isTrue();
        assertThat(mayJoin(policy, "user-bob")).isFalse();
        assertThat(mayJoin(policy, "staff")).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless application does
    void an_answer_of_null_denies_and_no_rule_is_asked() {
        JoinPolicy silent = (client, group) -> CompletableFuture.completedFuture(null);

        assertThat(mayJoin(silent.and((client, group) -> true), "room-1")).isFalse();
    }

    private boolean mayJoin(JoinPolicy policy, String group) {
        return policy.mayJoin(ann, group).toCompletableFuture().join();
    }
}
