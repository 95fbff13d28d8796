// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@HubTest
class ParametersTest {
    @HubSetup
    final Rooms rooms = new Rooms();

    private TestHub ofBeforeEach;
    private TestClient annOfBeforeEach;

    @BeforeEach
    void enter(TestHub hub, @As("ann") TestClient ann) {
        ofBeforeEach = hub;
        annOfBeforeEach = ann;
        ann.join("room").isOk();
    }

    @AfterEach
    void all_of_one_test_share_its_hub(TestHub hub, @As("ann") TestClient ann) {
        assertThat(hub).isSameAs(ofBeforeEach);
        assertThat(ann).isSameAs(annOfBeforeEach);
    }

    @Test
    void the_hub_and_its_clock_are_parameters(TestHub test, Hub hub, VirtualTime time) {
        assertThat(hub).isSameAs(test.hub());
        assertThat(time).isSameAs(test.time());
    }

    @Test
    void a_client_is_connected_as_its_user(TestHub hub, @As("ann") TestClient ann, @As("bob") TestClient bob) {
        assertThat(hub).hasOnlineUsers("ann", "bob").hasGroup("room", "ann");
        assertThat(ann.request(Rooms.GREET, "ann").data()).isEqualTo("hello ann");
        assertThat(bob.name()).isEqualTo("bob");
    }

    @Test
    void the_second_of_a_name_is_a_second_device(
            TestHub hub, @As("ann") TestClient phone, @As("bob") TestClient bob, @As("ann") TestClient tablet) {
        assertThat(phone).isSameAs(annOfBeforeEach).isNotSameAs(tablet);
        assertThat(hub).hasClients(3).hasOnlineUsers("ann", "bob");
    }

    @Test
    void roles_are_those_of_the_annotation(
            @As(
                            value = "mod",
                            roles = {"guest", "moderator"})
                    TestClient mod,
            @As("bob") TestClient bob) {
        mod.request(Rooms.MODERATE.name()).isOk();
        bob.request(Rooms.MODERATE.name()).failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void a_builder_has_not_connected(TestHub hub, @As("eve") TestClientBuilder eve) {
        assertThat(hub).hasOnlineUsers("ann");

        eve.agent("phone").connect();

        assertThat(hub).hasOnlineUsers("ann", "eve");
    }

    @Test
    void a_hub_lives_as_long_as_one_test() {
        assertThat(Runs.failures(Runs.all(AsksInConstructor.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("a hub lives as long as one test"));
        assertThat(Runs.failures(Runs.all(AsksBeforeAll.class)))
                .singleElement()
                .satisfies(failure -> assertThat(failure).hasMessageContaining("a hub lives as long as one test"));
    }

    @Test
    void a_client_of_nobody_is_refused() {
        assertThat(Runs.failure(AsksForNobody.class)).hasMessageContaining("say whose client it is: @As(\"ann\")");
    }

    @Test
    void a_client_as_the_hub_sees_it_is_no_parameter() {
        assertThat(Runs.failure(AsksForSession.class))
                .hasMessage("@As stands on a TestClient or a TestClientBuilder, not on a io.hubwire.Client");
    }

    @Test
    void one_client_is_not_two_people() {
        assertThat(Runs.failure(ChangesRoles.class))
                .hasMessageContaining("one client cannot be both")
                .hasMessageContaining("roles={\"admin\"}");
    }

    @HubTest
    static class AsksInConstructor {
        @HubSetup
        final Rooms rooms = new Rooms();

        AsksInConstructor(TestHub hub) {
            hub.advance(Duration.ZERO);
        }

        @Test
        void test() {}
    }

    @HubTest
    static class AsksBeforeAll {
        @HubSetup
        final Rooms rooms = new Rooms();

        @BeforeAll
        static void before(TestHub hub) {}

        @Test
        void test() {}
    }

    @HubTest
    static class AsksForNobody {
        @HubSetup
        final Rooms rooms = new Rooms();

        @Test
        void test(TestClient client) {}
    }

    @HubTest
    static class AsksForSession {
        @HubSetup
        final Rooms rooms = new Rooms();

        @Test
        void test(@As("ann") Client client) {}
    }

    @HubTest
    static class ChangesRoles {
        @HubSetup
        final Rooms rooms = new Rooms();

        @BeforeEach
        void before(@As("ann") TestClient ann) {}

        @Test
        void test(@As(value = "ann", roles = "admin") TestClient ann) {}
    }
}
