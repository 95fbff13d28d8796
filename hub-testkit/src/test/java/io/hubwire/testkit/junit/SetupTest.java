// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Field.class,
                StaticField.class,
                Method.class,
                StaticMethod.class,
                MethodWithoutResult.class,
                OfSuperclass.class,
                Overridden.class,
                Nests.class,
                Prepared.class
            })
    void each_form_of_a_setup_wires_the_hub(Class<?> tests) {
        Runs.all(tests)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1).failed(0));
    }

    @Test
    void a_missing_setup_is_asked_for() {
        assertFailure(Missing.class)
                .hasMessageStartingWith(Missing.class.getName() + " has no @HubSetup")
                .hasMessageContaining("a field with a HubModule");
    }

    @Test
    void a_second_setup_in_a_class_is_refused() {
        assertFailure(Doubled.class)
                .hasMessage(Doubled.class.getName() + " has 2 @HubSetup, and one is enough: app, rooms");
    }

    @ParameterizedTest
    @ValueSource(classes = {OnHub.class, OnNothing.class, ReturnsModule.class, FieldOfText.class})
    void another_form_is_refused_by_name(Class<?> tests) {
        assertFailure(tests)
                .hasMessageStartingWith("@HubSetup stands on a field with a HubModule, or on a method")
                .hasMessageContaining(tests.getName() + ".app");
    }

    @Test
    void a_setup_that_gives_nothing_is_named() {
        assertFailure(GivesNull.class).hasMessageContaining("GivesNull.app returned null");
        assertFailure(NullField.class).hasMessageContaining("NullField.app is null");
    }

    @Test
    void what_a_setup_throws_fails_the_test_and_it_is_not_tried_again() {
        Fails.CALLS.clear();

        Throwable failure = Runs.failure(Fails.class);

        assertThat(failure).rootCause().hasMessage("no database");
        assertThat(failure.getSuppressed())
                .singleElement()
                .satisfies(later -> assertThat(later).hasMessageContaining("its setup has failed before"));
        assertThat(Fails.CALLS).hasSize(1);
    }

    @Test
    void an_assumption_of_a_setup_aborts_the_test() {
        Runs.all(Assumes.class)
                .testEvents()
                .assertStatistics(counts -> counts.aborted(2).failed(0));
    }

    @Test
    void a_test_without_a_hub_makes_none() {
        Runs.all(AsksForNothing.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(1).failed(0));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFailure(Class<?> tests) {
        return assertThat(Runs.failure(tests));
    }

    private static void assertWorks(TestClient client) {
        assertThat(client.request(Rooms.GREET, "you").data()).isEqualTo("hello you");
    }

    @HubTest
    static class Field {
        @HubSetup
        private final Rooms rooms = new Rooms();

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class StaticField {
        @HubSetup
        static final HubModule ROOMS = new Rooms();

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class Method {
        @HubSetup
        HubBuilder app(HubBuilder hub) {
            return hub.install(new Rooms());
        }

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class StaticMethod {
        @HubSetup
        static HubBuilder app(HubBuilder hub) {
            return hub.install(new Rooms());
        }

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class MethodWithoutResult {
        @HubSetup
        void app(HubBuilder hub) {
            hub.install(new Rooms());
        }

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    abstract static class WithRooms {
        @HubSetup
        final Rooms rooms = new Rooms();
    }

    static class OfSuperclass extends WithRooms {
        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class Overridden {
        @HubSetup
        void app(HubBuilder hub) {
            throw new AssertionError("the nearest setup counts");
        }

        @Nested
        class Inner {
            @HubSetup
            final Rooms rooms = new Rooms();

            @Test
            void test(@As("ann") TestClient ann) {
                assertWorks(ann);
            }
        }
    }

    @HubTest
    static class Nests {
        private final Rooms ofOuter = new Rooms();

        @HubSetup
        HubBuilder app(HubBuilder hub) {
            return hub.install(ofOuter);
        }

        @Nested
        class Inner {
            @Nested
            class Innermost {
                @Test
                void test(@As("ann") TestClient ann) {
                    assertWorks(ann);
                }
            }
        }
    }

    @HubTest
    static class Prepared {
        private final List<HubModule> features = new ArrayList<>();

        @BeforeEach
        void prepare() {
            features.add(new Rooms());
        }

        @HubSetup
        void app(HubBuilder hub) {
            hub.install(features.toArray(HubModule[]::new));
        }

        @Test
        void test(@As("ann") TestClient ann) {
            assertWorks(ann);
        }
    }

    @HubTest
    static class Missing {
        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class Doubled {
        @HubSetup
        final Rooms rooms = new Rooms();

        @HubSetup
        void app(HubBuilder hub) {}

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class OnHub {
        @HubSetup
        void app(Hub hub) {}

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class OnNothing {
        @HubSetup
        void app() {}

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class ReturnsModule {
        @HubSetup
        HubModule app(HubBuilder hub) {
            return new Rooms();
        }

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class FieldOfText {
        @HubSetup
        final String app = "rooms";

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class GivesNull {
        @HubSetup
        HubBuilder app(HubBuilder hub) {
            return null;
        }

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class NullField {
        @HubSetup
        final Rooms app = null;

        @Test
        void test(TestHub hub) {}
    }

    @HubTest
    static class Fails {
        static final List<HubBuilder> CALLS = new ArrayList<>();

        @HubSetup
        void app(HubBuilder hub) {
            CALLS.add(hub);
            throw new IllegalStateException("no database");
        }

        @Test
        void test(TestHub hub) {}

        @AfterEach
        void after(TestHub hub) {}
    }

    @HubTest
    static class Assumes {
        @HubSetup
        void app(HubBuilder hub) {
            Assumptions.abort("no database here");
        }

        @Test
        void test(TestHub hub) {}

        @Nested
        class Inner {
            @BeforeEach
            void before(@As("ann") TestClient ann) {}

            @Test
            void test() {}
        }
    }

    @HubTest
    static class AsksForNothing {
        @HubSetup
        void app(HubBuilder hub) {
            throw new IllegalStateException("nobody asked for a hub");
        }

        @Test
        void test() {}
    }
}
