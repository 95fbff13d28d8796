// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.InboundLimits;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.Leftovers;
import io.hubwire.testkit.ReceivedMessage;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hub answers to bad input, and what becomes of the connection: the table of the protocol's section 2. */
class BadInputTest {
    record Line(String sku, int count) {}

    record Order(List<Line> lines, String note) {}

    private static final int MALFORMED_PER_MINUTE = 10;

    private final TestHub hub = TestHub.of(BadInputTest::wire);
    private final TestClient ann = hub.connect("ann");

    private static HubBuilder wire(HubBuilder hub) {
        return hub.install(StandardEvents.ping())
                .on(
                        "order",
                        Order.class,
                        (client, order) -> {},
                        route -> route.validate(
                                "lines[0].count", order -> order.lines().get(0).count() > 0))
                .on("boom", client -> {
                    throw new IllegalStateException("secret: the password is 123456");
                })
                .on("admin", client -> {}, route -> route.allow(Client.hasRole("admin")))
                .on("group/say", client -> client.group("room-1").send("group/said", "hi"));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{not json",
                "null",
                "1",
                "\"ping\"",
                "[]",
                "[{\"event\":\"ping\"}]",
                "{\"event\":\"ping\"} x",
                "{\"event\":\"ping\"}{\"event\":\"ping\"}",
                "{\"event\":\"ping\",\"event\":\"ping\"}",
                "{\"event\":\"ping\",\"data\":{\"a\":1,\"a\":2}}",
                "{\"event\":\"ping\",\"data\":NaN}",
                "{\"event\":\"ping\",\"data\":1e999999999}",
                "{'event':'ping'}",
                "{\"event\":\"ping\",\"data\":1}//comment",
                "\uFEFF{\"event\":\"ping\"}"
            })
    void what_is_not_one_json_object_is_answered_with_1000_and_the_connection_stays(String text) {
        ann.sendRaw(text);

        ann.expectError("error").hasCode(1000).hasErrorMsg("malformed message").hasNoData();
        assertStays();
    }

    @Test
    void what_is_nested_too_deeply_is_answered_with_1000() {
        ann.sendRaw("{\"event\":\"ping\",\"data\":" + "[".repeat(40) + "]".repeat(40) + "}");

        ann.expectError("error").hasCode(1000);
        assertStays();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":1}",
                "{\"event\":null}",
                "{\"event\":7}",
                "{\"event\":\"\"}",
                "{\"event\":\"has space\"}",
                "{\"event\":\"\\u00e4\"}",
                "{\"event\":\"ping\",\"id\":7}",
                "{\"event\":\"ping\",\"id\":\"\"}",
                "{\"event\":\"ping\",\"id\":{}}"
            })
    void a_bad_envelope_is_answered_with_1001_and_the_connection_stays(String text) {
        ann.sendRaw(text);

        ann.expectError("error").hasCode(1001);
        assertStays();
    }

    @Test
    void the_longest_name_and_id_are_taken_and_longer_ones_are_not() {
        ann.sendRaw("{\"event\":\"" + "e".repeat(128) + "\",\"id\":\"" + "i".repeat(64) + "\"}");
        ann.sendRaw("{\"event\":\"" + "e".repeat(129) + "\"}");
        ann.sendRaw("{\"event\":\"ping\",\"id\":\"" + "i".repeat(65) + "\"}");

        assertThat(codes()).containsExactly(1300, 1001, 1001);
    }

    @Test
    void an_unknown_event_is_answered_with_1300_under_its_own_name() {
        ann.request("no/such").failedWith(ErrorCode.UNKNOWN_EVENT);

        assertThat(onlyMessage().event()).isEqualTo("no/such");
        assertStays();
    }

    @Test
    void a_reserved_event_is_unknown_in_the_classic_profile_and_counts_as_malformed() {
        for (int i = 0; i <= MALFORMED_PER_MINUTE; i++) {
            ann.sendRaw("{\"event\":\"hub/hello\"}");
        }

        assertThat(ann.messages()).hasSize(MALFORMED_PER_MINUTE + 1).allSatisfy(message -> {
            assertThat(message.event()).isEqualTo("hub/hello");
            assertThat(message.code()).isEqualTo(1300);
        });
        assertThat(ann).isClosedWith(CloseReason.BAD_PROTOCOL);
    }

    @Test
    void malformed_messages_are_answered_ten_times_a_minute_and_then_close_with_4000() {
        malformed(MALFORMED_PER_MINUTE);
        assertThat(ann).isConnected();

        malformed(1);

        assertThat(ann.messages()).hasSize(MALFORMED_PER_MINUTE + 1);
        assertThat(ann).isClosedWith(CloseReason.BAD_PROTOCOL);
        assertThat(hub).endedSession(ann, CloseReason.BAD_PROTOCOL);
    }

    @Test
    void malformed_messages_are_forgiven_after_a_minute() {
        malformed(MALFORMED_PER_MINUTE);
        hub.advance(Duration.ofSeconds(61));

        malformed(MALFORMED_PER_MINUTE);

        assertThat(ann).isConnected();
    }

    @Test
    void a_payload_that_does_not_fit_is_answered_with_1002_and_the_path() {
        ann.request("order", Map.of("lines", List.of(Map.of("sku", "a", "count", "many"))))
                .failedWith(ErrorCode.INVALID_PAYLOAD);

        assertThat(onlyMessage().event()).isEqualTo("order");
        assertThat(onlyMessage().data(Map.class)).isEqualTo(Map.of("path", "lines[0].count"));
        assertStays();
    }

    @Test
    void a_payload_that_is_refused_is_answered_with_1002_and_the_path() {
        ann.request("order", new Order(List.of(new Line("a", 0)), "")).failedWith(ErrorCode.INVALID_PAYLOAD);

        assertThat(onlyMessage().data(Map.class)).isEqualTo(Map.of("path", "lines[0].count"));
        assertStays();
    }

    @Test
    void a_payload_that_is_missing_is_answered_with_1002() {
        ann.request("order").failedWith(ErrorCode.INVALID_PAYLOAD);

        assertThat(onlyMessage().data(Map.class)).isEqualTo(Map.of("path", ""));
    }

    @Test
    void a_handler_that_fails_is_answered_with_1400_and_an_incident_and_never_with_its_message() {
        ann.request("boom").failedWith(ErrorCode.HANDLER_FAILED);

        assertThat(onlyMessage().text()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(onlyMessage().data(Map.class)).containsOnlyKeys("incident");
        assertThat(ann.transcript()).contains("!! handler of 'boom' threw java.lang.IllegalStateException: secret");
        assertStays();
    }

    @Test
    void what_is_not_allowed_is_answered_with_1103() {
        ann.request("admin").failedWith(ErrorCode.FORBIDDEN);

        assertStays();
    }

    @Test
    void a_group_that_the_client_is_not_in_is_answered_with_1103() {
        ann.request("group/say").failedWith(ErrorCode.FORBIDDEN);

        assertStays();
    }

    @Test
    void a_message_of_the_largest_size_is_taken() {
        ann.sendRaw(pingOfSize(65_536));

        assertThat(ann).receivedEvents("ping").isConnected();
    }

    @Test
    void a_larger_message_closes_with_1009() {
        ann.sendRaw(pingOfSize(65_537));

        assertThat(ann).receivedNothing().isClosedWith(CloseReason.TOO_BIG);
        assertThat(hub).hasClients(0);
    }

    @Test
    void the_size_is_counted_in_bytes() {
        ann.sendRaw("{\"event\":\"ping\",\"data\":\"" + "ä".repeat(33_000) + "\"}");

        assertThat(ann).isClosedWith(CloseReason.TOO_BIG);
    }

    @Test
    void a_message_in_parts_is_put_together() {
        ann.sendPart("{\"event\":", false);
        ann.sendPart("\"pi", false);
        assertThat(ann).receivedNothing();

        ann.sendPart("ng\"}", true);

        assertThat(ann).receivedEvents("ping");
    }

    @Test
    void a_larger_message_in_parts_closes_with_1009_before_it_is_complete() {
        String text = pingOfSize(65_537);
        ann.sendPart(text.substring(0, 40_000), false);
        assertThat(ann).isConnected();

        ann.sendPart(text.substring(40_000), false);

        assertThat(ann).isClosedWith(CloseReason.TOO_BIG);
    }

    @Test
    void too_many_parts_close_with_1009() {
        try (TestHub small = TestHub.of(
                builder -> wire(builder).limits(InboundLimits.defaults().fragments(3)))) {
            TestClient bob = small.connect("bob");
            bob.sendPart("{\"event\"", false);
            bob.sendPart(":\"ping\"", false);
            bob.sendPart("}", true);
            assertThat(bob).receivedEvents("ping");

            bob.sendPart("", false);
            bob.sendPart("", false);
            bob.sendPart("", false);
            assertThat(bob).isConnected();
            bob.sendPart("", false);

            assertThat(bob).isClosedWith(CloseReason.TOO_BIG);
        }
    }

    @Test
    void a_binary_message_closes_with_1003() {
        ann.sendBinary();

        assertThat(ann).receivedNothing().isClosedWith(CloseReason.UNSUPPORTED_DATA);
        assertThat(hub).endedSession(ann, CloseReason.UNSUPPORTED_DATA);
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1007})
    void what_the_container_closes_for_ends_the_session_with_that_reason(int code) {
        CloseReason reason = code == 1002 ? CloseReason.PROTOCOL_ERROR : CloseReason.INVALID_TEXT;

        ann.close(reason);

        assertThat(hub).endedSession(ann, reason).hasNoLeftovers();
    }

    private void malformed(int times) {
        for (int i = 0; i < times; i++) {
            ann.sendRaw("{not json");
        }
    }

    private ReceivedMessage onlyMessage() {
        assertThat(ann.messages()).hasSize(1);
        return ann.messages().get(0);
    }

    private List<Integer> codes() {
        return ann.messages().stream().map(ReceivedMessage::code).toList();
    }

    private void assertStays() {
        ann.send("ping");
        assertThat(ann).isConnected();
        ann.expectPush("ping").hasNoData();
        hub.checkLeftovers(Leftovers.ALL);
    }

    private static String pingOfSize(int bytes) {
        String start = "{\"event\":\"ping\",\"data\":\"";
        return start + "x".repeat(bytes - start.length() - 2) + "\"}";
    }
}
