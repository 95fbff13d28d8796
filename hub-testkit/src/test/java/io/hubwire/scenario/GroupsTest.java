// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.EventException;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private final List<String> log = new ArrayList<>();

    @Test
    void joining_is_denied_by_default() {
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(JoinPolicy.deny()))) {
            TestClient ann = hub.connect("ann");

            ann.join("room-1").failedWith(ErrorCode.FORBIDDEN);

            assertThat(hub).hasGroup("room-1");
        }
    }

    @Test
    void there_is_no_join_event_unless_it_is_installed() {
        try (TestHub hub = TestHub.of()) {
            hub.connect("ann").join("room-1").failedWith(ErrorCode.UNKNOWN_EVENT);
        }
    }

    @Test
    void a_pattern_lets_in_what_it_matches() {
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(JoinPolicy.allow("room-{id}", "lobby")))) {
            TestClient ann = hub.connect("ann");

            ann.join("room-1").isOk();
            ann.join("lobby").isOk();
            ann.join("room-").failedWith(ErrorCode.FORBIDDEN);
            ann.join("secret").failedWith(ErrorCode.FORBIDDEN);

            assertThat(hub).hasGroup("room-1", "ann").hasGroup("lobby", "ann").hasGroup("secret");
        }
    }

    @Test
    void a_bad_name_is_a_bad_payload() {
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(JoinPolicy.allow("*")))) {
            TestClient ann = hub.connect("ann");

            ann.join("has space").failedWith(ErrorCode.INVALID_PAYLOAD);
            ann.request("join").failedWith(ErrorCode.INVALID_PAYLOAD);
            ann.join("x".repeat(129)).failedWith(ErrorCode.INVALID_PAYLOAD);
        }
    }

    @Test
    void the_application_s_own_rule_may_agree_or_not() {
        JoinPolicy own = JoinPolicy.allow("team-*")
                .and((client, group) ->
                        client.user().filter(user -> user.hasRole(group)).isPresent());
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(own))) {
            TestClient ann = hub.connect("ann", "team-red");

            ann.join("team-red").isOk();
            ann.join("team-blue").failedWith(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void an_asynchronous_policy_keeps_the_client_out_and_its_lane_held_until_it_answers() {
        CompletableFuture<Boolean> decision = new CompletableFuture<>();
        try (TestHub hub =
                TestHub.of(builder -> builder.install(StandardEvents.joinAndQuit((client, group) -> decision))
                        .on("after", client -> log.add("after")))) {
            TestClient ann = hub.connect("ann");
            Reply<Object> joined = ann.join("room-1").isUnanswered();
            ann.send("after");
            hub.hub().group("room-1").send("said", "too early");
            assertThat(hub).hasGroup("room-1");
            assertThat(log).isEmpty();

            decision.complete(true);
            hub.settle();

            joined.isOk();
            assertThat(log).containsExactly("after");
            assertThat(hub).hasGroup("room-1", "ann");
            assertThat(ann).received("said").isEmpty();
        }
    }

    @Test
    void a_policy_that_answers_null_denies() {
        try (TestHub hub =
                TestHub.of(StandardEvents.joinAndQuit((client, group) -> CompletableFuture.completedFuture(null)))) {
            hub.connect("ann").join("room-1").failedWith(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void a_policy_that_fails_denies() {
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(
                (client, group) -> CompletableFuture.failedFuture(new IllegalStateException("no answer"))))) {
            hub.connect("ann").join("room-1").failedWith(ErrorCode.HANDLER_FAILED);
            assertThat(hub).hasGroup("room-1");
        }
    }

    @Test
    void what_on_joined_sends_comes_before_any_later_send_to_the_group() {
        try (TestHub hub = TestHub.of(builder -> builder.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .onJoined("room-{id}", (client, group) -> {
                    client.send("history", "of " + group);
                    client.hub().group(group).send("said", "after");
                }))) {
            TestClient ann = hub.connect("ann");

            ann.join("room-1").isOk();
            hub.hub().group("room-1").send("said", "later");
            hub.settle();

            assertThat(ann).receivedEvents("history", "said", "join", "said");
            assertThat(ann).received("history", String.class).containsExactly("of room-1");
        }
    }

    @Test
    void callbacks_see_who_came_and_went_where_their_pattern_matches() {
        try (TestHub hub = TestHub.of(callbacks())) {
            TestClient ann = hub.connect("ann");

            ann.join("room-1").isOk();
            ann.join("lobby").isOk();
            ann.join("room-1").isOk();
            ann.quit("room-1").isOk();
            ann.quit("room-1").isOk();

            assertThat(log).containsExactly("ann joined room-1", "ann left room-1");
        }
    }

    @Test
    void the_end_of_a_session_leaves_its_groups() {
        try (TestHub hub = TestHub.of(callbacks())) {
            TestClient ann = hub.connect("ann");
            ann.join("room-1").isOk();
            ann.join("room-2").isOk();

            ann.drop();

            assertThat(log)
                    .containsExactlyInAnyOrder(
                            "ann joined room-1", "ann joined room-2", "ann left room-1", "ann left room-2");
            assertThat(hub).hasGroup("room-1").hasGroup("room-2");
        }
    }

    @Test
    void a_callback_that_throws_does_not_keep_the_client_out() {
        try (TestHub hub = TestHub.of(builder -> builder.onJoined("*", (client, group) -> {
            throw new IllegalStateException("broken callback");
        }))) {
            TestClient ann = hub.connect("ann");

            assertThat(ann.session().join("room-1")).isTrue();

            assertThat(hub).hasGroup("room-1", "ann");
        }
    }

    @Test
    void the_server_s_own_join_asks_no_policy() {
        try (TestHub hub = TestHub.of(StandardEvents.joinAndQuit(JoinPolicy.deny()))) {
            Client ann = hub.connect("ann").session();

            assertThat(ann.join("room-1")).isTrue();
            assertThat(ann.join("room-1")).isFalse();

            assertThat(ann.groups()).containsExactly("room-1");
            assertThat(ann.isIn("room-1")).isTrue();
            assertThat(ann.leave("room-1")).isTrue();
            assertThat(ann.leave("room-1")).isFalse();
            assertThatIllegalArgumentException().isThrownBy(() -> ann.join("bad name"));
        }
    }

    @Test
    void a_client_that_is_gone_joins_nothing() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            Client session = ann.session();
            ann.close();

            assertThat(session.join("room-1")).isFalse();

            assertThat(hub).hasGroup("room-1");
        }
    }

    @Test
    void groups_per_client_are_limited() {
        try (TestHub hub =
                TestHub.of(builder -> builder.limits(InboundLimits.defaults().groups(2))
                        .install(StandardEvents.joinAndQuit(JoinPolicy.allow("*"))))) {
            TestClient ann = hub.connect("ann");

            ann.join("a").isOk();
            ann.join("b").isOk();
            ann.join("c").failedWith(ErrorCode.TOO_MANY_GROUPS);
            ann.quit("a").isOk();
            ann.join("c").isOk();

            assertThat(ann.session().groups()).containsExactly("b", "c");
        }
    }

    @Test
    void only_members_reach_a_group_through_their_client() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            ann.session().join("room-1");
            bob.session().join("room-1");

            ann.session().others("room-1").send("said", "hi");
            ann.session().group("room-1").send("said", "all");
            hub.settle();

            assertThat(ann).received("said", String.class).containsExactly("all");
            assertThat(bob).received("said", String.class).containsExactly("hi", "all");
            assertThatThrownBy(() -> ann.session().group("room-2")).isInstanceOf(EventException.class);
        }
    }

    private UnaryOperator<HubBuilder> callbacks() {
        return builder -> builder.install(StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                .onJoined("room-{id}", (client, group) -> log.add(name(client) + " joined " + group))
                .onLeft("room-{id}", (client, group) -> log.add(name(client) + " left " + group));
    }

    private static String name(Client client) {
        return client.requireUser().id();
    }
}
