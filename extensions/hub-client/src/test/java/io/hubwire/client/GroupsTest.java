// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.client.RequestFailedException.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class GroupsTest {
    private final PlayedHub hub = PlayedHub.connected();

    @Test
    void joining_completes_with_the_groups_of_the_client() {
        CompletionStage<List<String>> join = hub.client.join("room-1");
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-1\"}");

        hub.answer(1, "join", "c-1", "[\"room-1\"]");

        assertThat(PlayedHub.valueOf(join)).containsExactly("room-1");
        assertThat(hub.client.groups()).containsExactly("room-1");
    }

    @Test
    void a_join_that_is_refused_is_forgotten() {
        CompletionStage<List<String>> join = hub.client.join("room-1");

        hub.refuse(1, "join", "c-1", 1103);

        assertThat(hub.failureOf(join).code()).isEqualTo(1103);
        assertThat(hub.client.groups()).isEmpty();
    }

    @Test
    void a_new_session_joins_all_groups_again_ahead_of_what_waits() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.client.join("room-2");
        hub.answer(2, "join", "c-2", "[\"room-1\",\"room-2\"]");
        hub.close(1006);
        hub.client.send("say", 1);

        hub.begin();

        assertThat(hub.takeSent())
                .containsExactly(
                        "{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-3\"}",
                        "{\"event\":\"join\",\"data\":{\"id\":\"room-2\"},\"id\":\"c-4\"}",
                        "{\"event\":\"say\",\"data\":1}");
    }

    @Test
    void a_resumed_session_joins_nothing_but_what_was_not_answered() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.client.join("room-2");
        hub.close(1006);

        hub.resume("room-1");

        assertThat(hub.takeSent())
                .filteredOn(text -> text.contains("join"))
                .singleElement()
                .asString()
                .contains("c-2");
    }

    @Test
    void a_join_that_was_under_way_when_its_session_ended_goes_on_in_the_next() {
        CompletionStage<List<String>> join = hub.client.join("room-1");
        hub.close(1006);

        hub.begin();
        hub.answer(1, "join", "c-2", "[\"room-1\"]");

        assertThat(PlayedHub.valueOf(join)).containsExactly("room-1");
    }

    @Test
    void joining_while_away_joins_once() {
        hub.close(1006);
        CompletionStage<List<String>> first = hub.client.join("room-1");
        CompletionStage<List<String>> second = hub.client.join("room-1");

        hub.begin();
        assertThat(hub.takeSent())
                .singleElement()
                .asString()
                .contains("\"join\"")
                .contains("\"id\":\"c-2\"");
        hub.answer(1, "join", "c-2", "[\"room-1\"]");

        assertThat(PlayedHub.valueOf(first)).containsExactly("room-1");
        assertThat(PlayedHub.valueOf(second)).containsExactly("room-1");
    }

    @Test
    void leaving_says_so_and_forgets() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.takeSent();

        CompletionStage<List<String>> leave = hub.client.leave("room-1");
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"quit\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-2\"}");
        hub.answer(2, "quit", "c-2", "[]");
        hub.close(1006);
        hub.begin();

        assertThat(PlayedHub.valueOf(leave)).isEmpty();
        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void the_hub_may_take_the_client_out_of_a_group() {
        List<GroupLeft> left = new ArrayList<>();
        hub.client.onLeft(left::add);
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");

        hub.say(
                "{\"event\":\"hub/left\",\"data\":{\"id\":\"room-1\",\"reason\":\"closed\"},\"code\":0,\"timestamp\":1}");

        assertThat(left).containsExactly(new GroupLeft("room-1", "closed"));
        assertThat(hub.client.groups()).isEmpty();
    }

    @Test
    void a_group_that_a_new_session_is_not_let_into_is_told_and_forgotten() {
        List<GroupLeft> left = new ArrayList<>();
        hub.client.onLeft(left::add);
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.close(1006);

        hub.begin();
        hub.refuse(1, "join", "c-2", 1103);

        assertThat(left).containsExactly(new GroupLeft("room-1", "no"));
        assertThat(hub.client.groups()).isEmpty();
    }

    @Test
    void a_group_that_a_resumed_session_is_not_in_any_more_is_told_and_forgotten() {
        List<GroupLeft> left = new ArrayList<>();
        hub.client.onLeft(left::add);
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.client.join("room-2");
        hub.answer(2, "join", "c-2", "[\"room-1\",\"room-2\"]");
        hub.client.join("room-3");
        hub.close(1006);

        hub.resume("room-2", "room-of-the-hub");

        assertThat(left).containsExactly(new GroupLeft("room-1", ""));
        assertThat(hub.client.groups()).containsExactly("room-2", "room-3");
    }

    @Test
    void a_session_that_is_resumed_in_no_group_is_in_none() {
        List<GroupLeft> left = new ArrayList<>();
        hub.client.onLeft(left::add);
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.close(1006);

        hub.resume();

        assertThat(left).containsExactly(new GroupLeft("room-1", ""));
        assertThat(hub.client.groups()).isEmpty();
    }

    @Test
    void a_join_waits_for_its_answer_as_long_as_it_takes() {
        CompletionStage<List<String>> join = hub.client.join("room-1");
        hub.close(1006);
        hub.advance(Duration.ofMillis(1));
        hub.sockets.down(true);
        hub.advance(Duration.ofMinutes(3));
        hub.sockets.down(false);

        hub.resume();
        assertThat(hub.takeSent()).anySatisfy(text -> assertThat(text).contains("\"join\""));
        hub.answer(1, "join", "c-1", "[\"room-1\"]");

        assertThat(PlayedHub.valueOf(join)).containsExactly("room-1");
    }

    @Test
    void a_hub_that_has_no_room_for_a_join_of_a_new_session_is_asked_again() {
        List<GroupLeft> left = new ArrayList<>();
        hub.client.onLeft(left::add);
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.close(1006);
        hub.begin();
        hub.takeSent();

        hub.refuse(1, "join", "c-2", 1201);
        assertThat(hub.takeSent()).isEmpty();
        hub.advance(Duration.ofSeconds(1));

        assertThat(hub.takeSent()).contains("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-3\"}");
        assertThat(left).isEmpty();
        assertThat(hub.client.groups()).containsExactly("room-1");
    }

    @Test
    void a_group_that_is_left_is_not_asked_for_again() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        hub.close(1006);
        hub.begin();
        hub.refuse(1, "join", "c-2", 1201);

        hub.client.leave("room-1");
        hub.takeSent();
        hub.advance(Duration.ofSeconds(2));

        assertThat(hub.takeSent()).noneMatch(text -> text.contains("\"join\""));
    }

    @Test
    void a_join_of_which_the_hub_has_forgotten_the_answer_is_made_again() {
        CompletionStage<List<String>> join = hub.client.join("room-1");
        hub.takeSent();

        hub.refuse(1, "join", "c-1", 1403);
        assertThat(hub.takeSent()).containsExactly("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"c-2\"}");
        hub.answer(2, "join", "c-2", "[\"room-1\"]");

        assertThat(PlayedHub.valueOf(join)).containsExactly("room-1");
    }

    @Test
    void a_member_whose_second_join_is_refused_is_a_member_all_the_same() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");

        CompletionStage<List<String>> second = hub.client.join("room-1");
        hub.refuse(2, "join", "c-2", 1103);

        assertThat(hub.failureOf(second).code()).isEqualTo(1103);
        assertThat(hub.client.groups()).containsExactly("room-1");
    }

    @Test
    void a_leave_that_waits_when_the_client_is_closed_has_succeeded() {
        hub.close(1006);
        CompletionStage<List<String>> leave = hub.client.leave("room-1");

        hub.client.close();
        hub.runtime.settle();

        assertThat(PlayedHub.valueOf(leave)).isEmpty();
    }

    @Test
    void a_leave_whose_session_has_ended_has_succeeded() {
        hub.client.join("room-1");
        hub.answer(1, "join", "c-1", "[\"room-1\"]");
        CompletionStage<List<String>> leave = hub.client.leave("room-1");
        hub.close(1006);

        hub.begin();

        assertThat(PlayedHub.valueOf(leave)).isEmpty();
        assertThat(hub.takeSent()).isEmpty();
    }

    @Test
    void a_client_that_is_closed_fails_its_joins() {
        CompletionStage<List<String>> open = hub.client.join("room-1");

        hub.client.close();

        assertThat(hub.failureOf(open).reason()).isEqualTo(Cause.OUTCOME_UNKNOWN);
        assertThat(hub.failureOf(hub.client.join("room-2")).reason()).isEqualTo(Cause.NOT_SENT);
    }

    @Test
    void a_bad_name_is_refused_at_once() {
        assertThatThrownBy(() -> hub.client.join("no spaces"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no spaces");
    }
}
