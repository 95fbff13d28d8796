// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Leftovers;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftoversTest {
    @Test
    void an_error_that_nobody_read_fails_a_passing_test() {
        assertThat(Runs.failure(Typo.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the test passed its own assertions, but:")
                .hasMessageContaining("unknown event")
                .hasMessageContaining("Transcript of");
    }

    @Test
    void a_handler_that_threw_fails_a_passing_test() {
        assertThat(Runs.failure(Throws.class))
                .hasMessageStartingWith("the test passed its own assertions, but:")
                .hasMessageContaining("database is down");
    }

    @Test
    void a_client_that_the_hub_closed_fails_a_passing_test() {
        assertThat(Runs.failure(Kicked.class))
                .hasMessageStartingWith("the test passed its own assertions, but:")
                .hasMessageContaining("4004 kicked");
    }

    @Test
    void a_failing_test_keeps_its_own_failure() {
        assertThat(Runs.failure(FailsByItself.class)).hasMessage("its own failure");
    }

    @Test
    void an_unread_push_fails_a_test_that_wants_all_read() {
        assertThat(Runs.failure(UnreadPush.class))
                .hasMessageStartingWith("the test passed its own assertions, but:")
                .hasMessageContaining("said");
    }

    @ParameterizedTest
    @ValueSource(classes = {WantsNothing.class, OneMethod.class, InnerWantsNothing.class, ReadsAll.class})
    void whoever_has_read_all_or_need_not_passes(Class<?> tests) {
        Runs.all(tests)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1).failed(0));
    }

    abstract static class OnRooms {
        @HubSetup
        final Rooms rooms = new Rooms();
    }

    @HubTest
    static class Typo extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send("sya", "hello");
        }
    }

    @HubTest
    static class Throws extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.BOOM);
        }
    }

    @HubTest
    static class Kicked extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.LEAVE);
        }
    }

    @HubTest
    static class FailsByItself extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.BOOM);
            throw new IllegalStateException("its own failure");
        }
    }

    @HubTest(leftovers = Leftovers.ALL)
    static class UnreadPush extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.join("room").isOk();
            ann.send(Rooms.SAY, "hello");
        }
    }

    @HubTest(leftovers = Leftovers.NONE)
    static class WantsNothing extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.BOOM);
        }
    }

    @HubTest
    static class OneMethod extends OnRooms {
        @Test
        @HubTest(leftovers = Leftovers.NONE)
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.BOOM);
        }
    }

    @HubTest
    static class InnerWantsNothing extends OnRooms {
        @Nested
        @HubTest(leftovers = Leftovers.NONE)
        class Inner {
            @Test
            void test(@As("ann") TestClient ann) {
                ann.send(Rooms.BOOM);
            }
        }
    }

    @HubTest(leftovers = Leftovers.ALL)
    static class ReadsAll extends OnRooms {
        @Test
        void test(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob, @As("cat") TestClient cat) {
            ann.join("room").isOk();
            ann.send(Rooms.SAY, "hello");
            ann.expectPush(Rooms.SAID).hasData("\"hello\"");
            ann.send("sya");
            ann.expectError(ErrorCode.UNKNOWN_EVENT);
            ann.request(Rooms.BOOM.name()).failedWith(ErrorCode.HANDLER_FAILED);
            ann.request(Rooms.REFUSE.name()).failedWith(ErrorCode.FORBIDDEN);
            ann.send(Rooms.LEAVE);
            ann.expectClosed(4004);
            bob.send(Rooms.LEAVE);
            assertThat(hub).endedSession(bob, 4004);
            cat.drop();
        }
    }
}
