// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifeOfAHubTest {
    /** The hubs and clients that a fixture's tests were given. */
    private static final Queue<TestHub> HUBS = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void forget() {
        HUBS.clear();
    }

    @Test
    void every_kind_of_test_has_a_hub_of_its_own() {
        Runs.all(EveryKind.class).allEvents().assertStatistics(counts -> counts.failed(0));

        assertThat(HUBS).hasSize(9).doesNotHaveDuplicates().allSatisfy(LifeOfAHubTest::assertClosed);
    }

    @Test
    void tests_that_share_an_instance_share_no_hub() {
        Runs.all(OneInstance.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(2).failed(0));

        assertThat(HUBS).hasSize(2).doesNotHaveDuplicates().allSatisfy(LifeOfAHubTest::assertClosed);
    }

    @Test
    void eight_tests_at_a_time_do_not_meet() {
        Runs.sideBySide(8, ManyAtOnce.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(40).failed(0));

        assertThat(HUBS).hasSize(40).doesNotHaveDuplicates().allSatisfy(LifeOfAHubTest::assertClosed);
    }

    @Test
    void eight_tests_at_a_time_do_not_meet_in_one_instance() {
        Runs.sideBySide(8, ManyAtOnceInOneInstance.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(40).failed(0));

        assertThat(HUBS).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void the_hub_is_closed_however_the_test_went() {
        Runs.all(Fails.class).testEvents().assertStatistics(counts -> counts.failed(3));

        assertThat(HUBS).hasSize(3).allSatisfy(LifeOfAHubTest::assertClosed);
    }

    @Test
    void a_test_may_close_its_hub_itself_and_run_on_another_thread() {
        Runs.all(Unusual.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(2).failed(0));
    }

    @Test
    void one_method_may_be_a_hub_test() {
        Runs.all(OneMethod.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(2).failed(0));
    }

    private static void assertClosed(TestHub hub) {
        assertThat(hub).hasClients(0);
        assertThat(hub.clients()).isNotEmpty().noneMatch(TestClient::isConnected);
    }

    @HubTest
    static class EveryKind {
        @HubSetup
        final Rooms rooms = new Rooms();

        @BeforeEach
        void remember(TestHub hub, @As("ann") TestClient ann) {
            HUBS.add(hub);
            ann.join("room").isOk();
        }

        @Test
        void test(TestHub hub) {
            assertThat(hub).hasClients(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"ann", "bob"})
        void parameters_may_follow_arguments(String name, TestHub hub, @As("ann") TestClient ann) {
            assertThat(ann.request(Rooms.GREET, name).data()).isEqualTo("hello " + name);
            assertThat(hub).hasClients(1);
        }

        @RepeatedTest(3)
        void again(TestHub hub, @As("ann") TestClient ann) {
            assertThat(hub).hasGroup("room", "ann").hasClients(1);
        }

        @TestFactory
        Stream<DynamicTest> dynamic_tests_share_the_hub_of_their_factory(@As("ann") TestClient ann) {
            return Stream.of("ann", "bob")
                    .map(name -> dynamicTest(
                            name,
                            () -> assertThat(ann.request(Rooms.GREET, name).data())
                                    .isEqualTo("hello " + name)));
        }

        @Nested
        class Inner {
            @Test
            void test(TestHub hub, @As("bob") TestClient bob) {
                bob.join("room").isOk();
                assertThat(hub).hasGroup("room", "ann", "bob");
            }

            @Nested
            @TestInstance(TestInstance.Lifecycle.PER_CLASS)
            class Innermost {
                @Test
                void test(TestHub hub) {
                    assertThat(hub).hasClients(1);
                }
            }
        }
    }

    @HubTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @HubSetup
        final Rooms rooms = new Rooms();

        @Test
        void one(TestHub hub, @As("ann") TestClient ann) {
            HUBS.add(hub);
            assertThat(hub).hasClients(1);
        }

        @Test
        void another(TestHub hub, @As("ann") TestClient ann) {
            HUBS.add(hub);
            assertThat(hub).hasClients(1);
        }
    }

    @HubTest
    static class ManyAtOnce {
        @HubSetup
        final Rooms rooms = new Rooms();

        @RepeatedTest(40)
        void test(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob) {
            HUBS.add(hub);
            ann.join("room").isOk();
            bob.join("room").isOk();
            for (int i = 0; i < 20; i++) {
                ann.send(Rooms.SAY, "n" + i);
            }
            assertThat(bob).received(Rooms.SAID).hasSize(20).last().isEqualTo("n19");
            assertThat(hub).hasClients(2);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class ManyAtOnceInOneInstance extends ManyAtOnce {}

    @HubTest
    static class Fails {
        @HubSetup
        final Rooms rooms = new Rooms();

        @BeforeEach
        void before(TestHub hub, @As("ann") TestClient ann, TestInfo test) {
            HUBS.add(hub);
            failIf(test, "before");
        }

        @Test
        void before() {}

        @Test
        void during(TestInfo test) {
            failIf(test, "during");
        }

        @Test
        void after() {}

        @AfterEach
        void after(TestInfo test) {
            failIf(test, "after");
        }

        private static void failIf(TestInfo test, String when) {
            if (test.getTestMethod().orElseThrow().getName().equals(when)) {
                throw new IllegalStateException(when);
            }
        }
    }

    @HubTest
    static class Unusual {
        @HubSetup
        final Rooms rooms = new Rooms();

        @Test
        void closes(TestHub hub, @As("ann") TestClient ann) {
            hub.close();
            assertThat(ann).isClosedWith(1012);
        }

        @Test
        @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
        void runs_on_another_thread(@As("ann") TestClient ann) {
            ann.request(Rooms.GREET, "ann").isOk();
        }
    }

    static class OneMethod {
        @HubSetup
        final Rooms rooms = new Rooms();

        private final List<String> plain = new ArrayList<>();

        @Test
        void plain() {
            plain.add("no hub");
            assertThat(plain).hasSize(1);
        }

        @Test
        @HubTest
        void with_a_hub(@As("ann") TestClient ann) {
            ann.request(Rooms.GREET, "ann").isOk();
        }
    }
}
