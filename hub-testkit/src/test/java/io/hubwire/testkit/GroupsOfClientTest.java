// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client knows the groups that it was told of. */
class GroupsOfClientTest {
    private final TestHub hub = TestHub.of(StandardEvents.joinAndQuit(JoinPolicy.allow("*")));
    private final TestClient ann = hub.client().user("ann").resuming().connect();

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void by_what_it_joins_and_quits() {
        TestClient bob = hub.connect("bob");
        for (TestClient client : hub.clients()) {
            client.join("room-1").isOk();
            client.join("room-2").isOk();
            client.quit("room-1").isOk();
        }

        assertThat(ann.groups()).containsExactly("room-2");
        assertThat(bob.groups()).containsExactly("room-2");
    }

    @Test
    void by_being_taken_out_of_one() {
        ann.join("room-1").isOk();
        ann.session().leave("room-1");
        hub.settle();

        ann.expectControl("hub/left");
        assertThat(ann.groups()).isEmpty();
    }

    @Test
    void by_the_hello_of_a_session_that_goes_on() {
        ann.join("room-1").isOk();
        ann.join("room-2").isOk();
        ann.drop();
        ann.session().leave("room-1");

        ann.reconnect();

        ann.expectResumed();
        assertThat(ann.groups()).containsExactly("room-2");
    }

    @Test
    void an_answer_that_is_sent_again_does_not_bring_back_a_group_that_it_has_left() {
        ann.stopReading();
        ann.join("room-1");
        ann.drop();
        ann.session().leave("room-1");

        ann.reconnect();

        ann.expectResumed();
        assertThat(ann.session().groups()).isEmpty();
        assertThat(ann.groups()).isEmpty();
    }

    @Test
    void a_new_session_is_in_none() {
        ann.join("room-1").isOk();

        ann.reconnectAnew();

        assertThat(ann.groups()).isEmpty();
    }
}
