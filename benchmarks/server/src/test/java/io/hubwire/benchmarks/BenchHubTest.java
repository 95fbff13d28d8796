// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks;

import static io.hubwire.benchmarks.BenchHub.ECHO;
import static io.hubwire.benchmarks.BenchHub.JOIN;
import static io.hubwire.benchmarks.BenchHub.MSG;
import static io.hubwire.benchmarks.BenchHub.PUBLISH;
import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.benchmarks.BenchHub.Joined;
import io.hubwire.benchmarks.BenchHub.Publication;
import io.hubwire.benchmarks.BenchHub.Room;
import io.hubwire.benchmarks.BenchHub.Text;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BenchHubTest {
    @AutoClose
    private final TestHub hub = TestHub.of(new BenchHub());

    private final TestClient ann = hub.connectAnonymous();
    private final TestClient bob = hub.connectAnonymous();

    @Test
    void an_echo_is_what_was_sent() {
        assertThat(ann.request(ECHO, new Text("hello")).data()).isEqualTo(new Text("hello"));
    }

    @Test
    void a_publication_reaches_everybody_as_often_as_it_says() {
        ann.send(PUBLISH, new Publication("all", 2, "hello"));

        assertThat(ann).received(MSG).containsExactly(new Text("hello"), new Text("hello"));
        assertThat(bob).received(MSG).containsExactly(new Text("hello"), new Text("hello"));
    }

    @Test
    void a_publication_to_a_room_reaches_who_has_joined_it() {
        assertThat(bob.request(JOIN, new Room("g7")).data()).isEqualTo(new Joined("g7"));

        ann.send(PUBLISH, new Publication("room:g7", 1, "hello"));

        assertThat(bob).received(MSG).containsExactly(new Text("hello"));
        assertThat(ann).received(MSG).isEmpty();
    }
}
