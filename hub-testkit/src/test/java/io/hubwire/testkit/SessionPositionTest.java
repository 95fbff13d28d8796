// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionPositionTest {
    private final SessionPosition position = new SessionPosition();

    private void greeted(String data) {
        position.greeted(ClientJson.parsed(data).orElseThrow());
    }

    private void fresh() {
        position.greets(Optional.empty());
        greeted("""
                {"client":"c","session":"s","resumed":false,"seq":0,"reason":"none"}""");
    }

    @Test
    void what_comes_again_is_ignored() {
        fresh();

        assertThat(position.counts(1, "")).isTrue();
        assertThat(position.counts(1, "")).isFalse();
        assertThat(position.duplicates()).isOne();
        assertThat(position.last()).isOne();
    }

    @Test
    void a_hole_is_the_hubs_fault() {
        fresh();

        assertThatThrownBy(() -> position.counts(2, "[2,{}]"))
                .hasMessage("the hub left a hole: the client has everything up to #0, and the next is #2: [2,{}]");
        assertThatThrownBy(() -> position.misses(2, 3, "")).hasMessageContaining("the gap is 2–3");
    }

    @Test
    void a_gap_is_gone_behind() {
        fresh();

        assertThat(position.misses(1, 4, "")).isTrue();
        assertThat(position.misses(2, 4, "")).isFalse();
        assertThat(position.counts(5, "")).isTrue();
    }

    @Test
    void an_answer_must_go_on_from_where_the_claim_was() {
        position.greets(Optional.of(new Claim("s", 4)));

        assertThatThrownBy(() -> greeted("""
                        {"client":"c","session":"t","resumed":true,"seq":3}"""))
                .hasMessageContaining("goes on from a number that the client did not give");
    }

    @Test
    void a_hello_is_answered_once() {
        fresh();

        assertThatThrownBy(() -> greeted("""
                        {"client":"c","session":"t","resumed":true,"seq":3}""")).hasMessageContaining("answered a hello twice");
    }

    @Test
    void frames_are_taken_apart_as_they_stand() {
        assertThat(ClientFrame.parse("{\"a\": 1}")).isEqualTo(new ClientFrame(0, List.of("{\"a\": 1}")));
        assertThat(ClientFrame.parse("[ {\"a\":[1]} ]")).isEqualTo(new ClientFrame(0, List.of("{\"a\":[1]}")));
        assertThat(ClientFrame.parse("[7,{\"ä\":\"}\"}, {}]"))
                .isEqualTo(new ClientFrame(7, List.of("{\"ä\":\"}\"}", "{}")));
    }

    @Test
    void what_is_no_batch_is_the_hubs_fault() {
        assertThatThrownBy(() -> ClientFrame.parse("[]")).hasMessageContaining("has no envelope");
        assertThatThrownBy(() -> ClientFrame.parse("[7]")).hasMessageContaining("has no envelope");
        assertThatThrownBy(() -> ClientFrame.parse("[0,{}]")).hasMessageContaining("a number below 1");
        assertThatThrownBy(() -> ClientFrame.parse("[{},7]")).hasMessageContaining("something else than envelopes");
        assertThatThrownBy(() -> ClientFrame.parse("[7,{}")).hasMessageContaining("is not JSON");
    }
}
