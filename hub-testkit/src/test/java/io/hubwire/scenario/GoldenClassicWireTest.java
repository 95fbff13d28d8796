// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bytes on the wire in the classic profile; the clock begins at 1893456000. */
class GoldenClassicWireTest {
    record Say(String text) {}

    record Said(String by, String text, List<String> to) {}

    private static final EventType<Said> SAID = EventType.of("chat/said", Said.class);
    private static final EventType<Said> TYPING =
            EventType.of("chat/typing", Said.class).ephemeral();
    private static final ErrorCode TOO_LOUD = ErrorCode.of(10_001, "too loud");

    private final TestHub hub = TestHub.of(GoldenClassicWireTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(
                        StandardEvents.ping(),
                        StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")),
                        StandardEvents.kick())
                .on("chat/say", Say.class, (client, say) -> {})
                .onRequest(
                        RequestType.of("chat/echo", Say.class, Said.class),
                        (client, say) -> new Said(client.requireUser().id(), say.text(), List.of()))
                .onRequest("chat/shout", Say.class, (client, say) -> {
                    throw TOO_LOUD.exception(say);
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void nothing_is_sent_unasked_when_a_client_connects() {
        assertThat(ann).receivedNothing();
    }

    @Test
    void ping() {
        ann.sendRaw("{\"event\":\"ping\"}");

        assertThat(ann).receivedExactly("{\"event\":\"ping\",\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void join() {
        ann.sendRaw("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");

        assertThat(ann)
                .receivedExactly("{\"event\":\"join\",\"data\":[\"room-1\"],\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void quit_answers_with_the_groups_that_are_left_and_an_empty_array_when_there_are_none() {
        ann.sendRaw("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");
        ann.sendRaw("{\"event\":\"quit\",\"data\":{\"id\":\"room-1\"}}");

        assertThat(ann)
                .receivedExactly(
                        "{\"event\":\"join\",\"data\":[\"room-1\"],\"code\":0,\"timestamp\":1893456000}",
                        "{\"event\":\"quit\",\"data\":[],\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void an_unknown_event() {
        ann.sendRaw("{\"event\":\"no/such\"}");

        assertThat(ann)
                .receivedExactly(
                        "{\"event\":\"no/such\",\"code\":1300,\"errorMsg\":\"unknown event\",\"timestamp\":1893456000}");
    }

    @Test
    void kick_comes_before_the_close() {
        ann.session().kick(CloseReason.KICKED);
        hub.settle();

        assertThat(ann)
                .receivedExactly("{\"event\":\"kick\",\"code\":0,\"timestamp\":1893456000}")
                .isClosedWith(4004);
    }

    @Test
    void an_event_is_answered_only_if_it_has_an_id() {
        ann.sendRaw("{\"event\":\"chat/say\",\"data\":{\"text\":\"hi\"}}");
        ann.sendRaw("{\"event\":\"chat/say\",\"data\":{\"text\":\"hi\"},\"id\":\"c-17\"}");

        assertThat(ann).receivedExactly("{\"event\":\"chat/say\",\"code\":0,\"timestamp\":1893456000,\"id\":\"c-17\"}");
    }

    @Test
    void a_request_is_answered_with_its_result_and_its_id_if_it_has_one() {
        ann.sendRaw("{\"event\":\"chat/echo\",\"data\":{\"text\":\"hi\"}}");
        ann.sendRaw("{\"event\":\"chat/echo\",\"data\":{\"text\":\"hi\"},\"id\":\"c-18\"}");

        String answer = "{\"event\":\"chat/echo\",\"data\":{\"by\":\"ann\",\"text\":\"hi\",\"to\":[]},\"code\":0,"
                + "\"timestamp\":1893456000";
        assertThat(ann).receivedExactly(answer + "}", answer + ",\"id\":\"c-18\"}");
    }

    @Test
    void an_error_of_the_application_carries_its_code_its_text_and_its_data() {
        ann.sendRaw("{\"event\":\"chat/shout\",\"data\":{\"text\":\"HI\"},\"id\":\"1\"}");

        assertThat(ann)
                .receivedExactly("{\"event\":\"chat/shout\",\"data\":{\"text\":\"HI\"},\"code\":10001,"
                        + "\"errorMsg\":\"too loud\",\"timestamp\":1893456000,\"id\":\"1\"}");
    }

    @Test
    void a_push_has_data_code_and_timestamp() {
        hub.hub().all().send(SAID, new Said("bob", "ü €", List.of("ann")));
        hub.settle();

        assertThat(ann)
                .receivedExactly("{\"event\":\"chat/said\",\"data\":{\"by\":\"bob\",\"text\":\"ü €\",\"to\":[\"ann\"]},"
                        + "\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void an_ephemeral_push_says_so() {
        hub.hub().all().send(TYPING, new Said("bob", "", List.of()));
        hub.settle();

        assertThat(ann)
                .receivedExactly("{\"event\":\"chat/typing\",\"data\":{\"by\":\"bob\",\"text\":\"\",\"to\":[]},"
                        + "\"code\":0,\"timestamp\":1893456000,\"volatile\":true}");
    }

    @Test
    void the_timestamp_is_the_hub_s_clock_in_seconds() {
        hub.advance(Duration.ofMillis(1_999));

        ann.sendRaw("{\"event\":\"ping\"}");

        assertThat(ann).receivedExactly("{\"event\":\"ping\",\"code\":0,\"timestamp\":1893456001}");
    }

    @Test
    void unknown_fields_are_ignored() {
        ann.sendRaw("{\"event\":\"ping\",\"code\":7,\"more\":{\"a\":[1]},\"errorMsg\":null}");

        assertThat(ann).receivedExactly("{\"event\":\"ping\",\"code\":0,\"timestamp\":1893456000}");
    }

    @Test
    void errors_are_minus_one_if_the_hub_is_set_so() {
        try (TestHub hotGo = TestHub.of(builder -> builder.classicErrorsAsMinusOne())) {
            TestClient bob = hotGo.connect("bob");

            bob.sendRaw("{\"event\":\"no/such\"}");

            assertThat(bob)
                    .receivedExactly("{\"event\":\"no/such\",\"code\":-1,\"errorMsg\":\"unknown event\","
                            + "\"timestamp\":1893456000}");
        }
    }
}
