// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.Admission;
import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.EventType;
import io.hubwire.StandardEvents;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.Envelope;
import io.hubwire.protocol.Payload;
import io.hubwire.spi.Frame;
import io.hubwire.spi.MessageCodec;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestHubTest {
    private static final EventType<Void> BELL = EventType.of("bell");

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nobody_connects_to_a_hub_that_is_closed(Mode mode) {
        TestHub hub = TestHub.builder().mode(mode).start();
        hub.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> hub.connect("ann"))
                .withMessage("the test's hub is closed: nobody can connect any more");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SERIAL", "BATON"})
    void a_handler_cannot_advance_time(Mode mode) {
        AtomicReference<TestHub> own = new AtomicReference<>();
        try (TestHub hub = TestHub.builder()
                .mode(mode)
                .start(builder -> builder.on("late", client -> own.get().advance(Duration.ofMinutes(1))))) {
            own.set(hub);
            hub.connect("ann").send("late");

            hub.expectHandlerFailure("late")
                    .hasMessage(
                            "a task of the hub, such as a handler, cannot advance time by PT1M: only the test can, when"
                                    + " the task is done");
        }
    }

    @Test
    void a_client_carries_the_attributes_that_its_test_gives_it() {
        AttributeKey<String> tenant = AttributeKey.of("tenant", String.class);
        AttributeKey<Integer> level = AttributeKey.of("level", Integer.class);
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.client()
                    .user("ann")
                    .attribute(tenant, "red")
                    .attribute(level, 7)
                    .connect();

            assertThat(ann.session().get(tenant)).hasValue("red");
            assertThat(ann.session().get(level)).hasValue(7);
            assertThat(hub.connect("bob").session().get(tenant)).isEmpty();
        }
    }

    @Test
    void a_test_says_who_a_client_is_when_the_application_does_not() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann", "admin");

            assertThat(ann.session().requireUser().id()).isEqualTo("ann");
            assertThat(ann.session().requireUser().roles()).containsExactly("admin");
        }
    }

    @Test
    void the_application_s_authenticator_wins() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake ->
                Admission.asUser("from-" + handshake.principal().orElseThrow().getName())))) {
            TestClient ann = hub.connect("ann");

            assertThat(ann.name()).isEqualTo("ann");
            assertThat(hub).hasOnlineUsers("from-ann");
        }
    }

    @Test
    void devices_of_one_user_are_told_apart() {
        try (TestHub hub = TestHub.of()) {
            hub.connect("ann");
            hub.connect("ann");
            hub.client().user("ann").named("laptop").connect();
            hub.connectAnonymous();

            assertThat(hub.clients()).extracting(TestClient::name).containsExactly("ann", "ann-2", "laptop", "client");
            assertThat(hub.clients()).extracting(TestClient::id).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_builder_connects_one_device_after_the_other() {
        try (TestHub hub = TestHub.of()) {
            TestClientBuilder ann = hub.client().user("ann").agent("Phone/1");
            ann.connect();
            ann.agent("Laptop/1").connect();

            assertThat(hub.hub().online().devices().list())
                    .extracting(device -> device.agent().orElseThrow())
                    .containsExactly("Phone/1", "Laptop/1");
        }
    }

    @Test
    void a_refusal_is_a_result_unless_a_client_was_demanded() {
        try (TestHub hub = TestHub.of(builder -> builder.authenticator(handshake -> Admission.refuse(403)))) {
            ConnectAttempt attempt = hub.client().user("eve").tryConnect();

            assertThat(attempt.refusedWith()).hasValue(403);
            assertThat(attempt.isPending()).isFalse();
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> hub.connect("eve"))
                    .withMessageStartingWith("expected eve-2 to be connected\n but it was refused with 403");
        }
    }

    @Test
    void whoever_is_gone_cannot_send_but_what_it_received_is_still_there() {
        try (TestHub hub = TestHub.of(StandardEvents.ping())) {
            TestClient ann = hub.connect("ann");
            ann.send("ping");
            ann.drop();

            assertThat(ann).receivedEvents("ping").isClosedWith(1006);
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> ann.send("ping"))
                    .withMessageContaining("its connection is closed with 1006");
        }
    }

    @Test
    void an_event_without_a_payload_has_no_payloads_to_look_at() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            hub.hub().all().send(BELL);
            hub.settle();

            assertThat(ann.received("bell")).hasSize(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ann.received(BELL))
                    .withMessageContaining("received(\"bell\")");
        }
    }

    @Test
    void a_codec_that_renames_a_field_is_caught() {
        try (TestHub hub = TestHub.of(builder -> builder.codec(new RenamingCodec()))) {
            TestClient ann = hub.connect("ann");
            hub.hub().all().send("news", Map.of());

            assertThatIllegalStateException().isThrownBy(hub::settle).withMessageContaining("has no 'timestamp'");
            assertThat(ann).receivedNothing();
        }
    }

    @Test
    void what_an_action_brings_about_is_done_when_it_returns() {
        try (TestHub hub = TestHub.of(
                builder -> builder.on("say", client -> sayTo(client.hub().all())))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            ann.send("say");

            assertThat(bob).received("said", String.class).containsExactly("hi");
            assertThat(hub.pace().state()).startsWith("the hub is quiet");
        }
    }

    @Test
    void a_client_may_act_within_a_handler() {
        TestClient[] bob = new TestClient[1];
        try (TestHub hub = TestHub.of(builder -> builder.on("poke", client -> bob[0].send("poked"))
                .on("poked", client -> client.send("poked", "ouch")))) {
            bob[0] = hub.connect("bob");

            hub.connect("ann").send("poke");

            assertThat(bob[0]).received("poked", String.class).containsExactly("ouch");
        }
    }

    @Test
    void two_runs_of_one_test_are_the_same() {
        assertThat(run()).isEqualTo(run());
    }

    @Test
    void closing_ends_whatever_goes_on() {
        TestHub hub = TestHub.of();
        TestClient ann = hub.connect("ann");
        TestClient stalled = hub.connect("bob");
        stalled.stopReading();

        hub.close();

        assertThat(hub).hasNoLeftovers();
        assertThat(ann.isConnected()).isFalse();
        assertThat(stalled).isClosedWith(1006);
        assertThat(hub.time().pendingTimers()).isEmpty();
    }

    private static void sayTo(Audience all) {
        all.send("said", "hi");
    }

    private static List<String> run() {
        try (TestHub hub = TestHub.of(StandardEvents.ping()).sendCompletion(SendCompletion.MIXED)) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            bob.ignorePings();
            hub.advance(Duration.ofMinutes(1));
            ann.send("ping");
            ann.close(CloseReason.GOING_AWAY);
            return List.of(hub.transcript(), ann.id(), bob.id());
        }
    }

    /** Calls the timestamp "time". */
    private static final class RenamingCodec implements MessageCodec {
        private final MessageCodec codec = JacksonCodec.strict();

        @Override
        public Envelope.FromClient decode(String text) {
            return codec.decode(text);
        }

        @Override
        public void decode(String text, Batch batch) {
            codec.decode(text, batch);
        }

        @Override
        public Object bind(Payload payload, Type type) {
            return codec.bind(payload, type);
        }

        @Override
        public Frame encode(Envelope.FromHub message) {
            return Frame.of(codec.encode(message).text().replace("\"timestamp\"", "\"time\""));
        }
    }
}
