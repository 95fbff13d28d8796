// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.testkit.TestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class FailureTranscriptTest {
    @Test
    void a_plain_assertion_keeps_its_message_and_gains_the_transcript() {
        Throwable failure = Runs.failure(Plain.class);

        assertThat(failure)
                .isExactlyInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("expected: 2")
                .hasMessageNotContaining("Transcript");
        assertThat(failure.getSuppressed()).singleElement().satisfies(FailureTranscriptTest::isTranscript);
    }

    @ParameterizedTest
    @ValueSource(classes = {Breaks.class, BreaksBefore.class, BreaksAfter.class})
    void any_exception_gains_the_transcript(Class<?> tests) {
        Throwable failure = Runs.failure(tests);

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("broken");
        assertThat(failure.getSuppressed()).singleElement().satisfies(FailureTranscriptTest::isTranscript);
    }

    @Test
    void a_failure_of_the_kit_has_its_transcript_already() {
        Throwable failure = Runs.failure(OfKit.class);

        assertThat(failure).hasMessageContaining("Transcript of ann");
        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void a_failure_before_there_is_a_hub_has_nothing_to_tell() {
        assertThat(Runs.failure(WithoutHub.class).getSuppressed()).isEmpty();
    }

    @Test
    void an_assumption_that_does_not_hold_is_no_failure() {
        Runs.all(Assumes.class)
                .testEvents()
                .assertStatistics(counts -> counts.aborted(1).failed(0));
    }

    @Test
    void a_long_transcript_is_whole_in_a_file_of_each_test() {
        List<Throwable> failures = Runs.failures(Runs.all(Talkative.class));

        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure.getSuppressed()[0])
                        .hasMessageContaining("earlier lines, the whole transcript is in"));
        for (int repetition : List.of(1, 2)) {
            assertThat(Path.of(
                            "target",
                            "hubwire-transcripts",
                            Talkative.class.getName() + ".test-" + repetition + ".txt"))
                    .content()
                    .contains("text 0 of " + repetition, "text 39 of " + repetition);
        }
    }

    @Test
    void a_parameterized_class_has_a_file_for_each_of_its_tests() {
        assertThat(Runs.failures(Runs.all(ParameterizedTalk.class))).hasSize(4);

        for (String name : List.of("plain-1", "plain-2", "again-1-1", "again-2-1")) {
            assertThat(Path.of(
                            "target", "hubwire-transcripts", ParameterizedTalk.class.getName() + "." + name + ".txt"))
                    .content()
                    .contains("text 0 of " + name.split("-")[1], "text 39");
        }
    }

    @Test
    void secrets_are_masked() {
        assertThat(Runs.failure(Secret.class).getSuppressed()[0])
                .hasMessageContaining("-> greet")
                .hasMessageNotContaining("4711")
                .hasMessageNotContaining("hunter2");
    }

    private static void isTranscript(Throwable suppressed) {
        assertThat(suppressed)
                .hasMessageStartingWith("Transcript of the whole hub")
                .hasMessageContaining("ann");
        assertThat(suppressed.getStackTrace()).isEmpty();
    }

    abstract static class OnRooms {
        @HubSetup
        final Rooms rooms = new Rooms();
    }

    @HubTest
    static class Plain extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            assertThat(ann.pings()).isEqualTo(2);
        }
    }

    @HubTest
    static class Breaks extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            throw new IllegalStateException("broken");
        }
    }

    @HubTest
    static class BreaksBefore extends OnRooms {
        @BeforeEach
        void before(@As("ann") TestClient ann) {
            throw new IllegalStateException("broken");
        }

        @Test
        void test() {}
    }

    @HubTest
    static class BreaksAfter extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {}

        @AfterEach
        void after() {
            throw new IllegalStateException("broken");
        }
    }

    @HubTest
    static class OfKit extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.expectPush(Rooms.SAID);
        }
    }

    @HubTest
    static class WithoutHub extends OnRooms {
        @Test
        void test() {
            throw new IllegalStateException("broken");
        }
    }

    @HubTest
    static class Assumes extends OnRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            ann.send(Rooms.BOOM);
            Assumptions.abort("not here");
        }
    }

    @HubTest
    static class Talkative extends OnRooms {
        @RepeatedTest(2)
        void test(RepetitionInfo repetition, @As("ann") TestClient ann) {
            talk(ann, repetition.getCurrentRepetition());
        }
    }

    @HubTest
    @ParameterizedClass
    @ValueSource(ints = {1, 2})
    static class ParameterizedTalk extends OnRooms {
        @Parameter
        int number;

        @Test
        void plain(@As("ann") TestClient ann) {
            talk(ann, number);
        }

        @RepeatedTest(1)
        void again(@As("ann") TestClient ann) {
            talk(ann, number);
        }
    }

    private static void talk(TestClient ann, int number) {
        ann.join("room").isOk();
        for (int i = 0; i < 40; i++) {
            ann.send(Rooms.SAY, "text " + i + " of " + number);
        }
        throw new IllegalStateException("broken");
    }

    @HubTest(masked = "pin")
    static class Secret extends OnRooms {
        @Test
        void test(@As(value = "ann", token = "hunter2") TestClient ann) {
            ann.send("greet", Map.of("pin", "4711", "password", "hunter2"));
            throw new IllegalStateException("broken");
        }
    }
}
