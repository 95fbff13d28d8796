// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every row of the protocol's table of bad input: the answer, and the connection afterwards. */
class BadInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InboundLimits MANY_FAULTS = InboundLimits.defaults().malformedPerMinute(1_000);

    private final Chat chat = new Chat();
    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private Hub hub;
    private Server server;

    @AfterEach
    void stop() {
        chat.gate.countDown();
        server.close();
    }

    @Test
    void what_is_not_one_json_object_is_malformed() throws Exception {
        for (String text : List.of(
                "hello",
                "",
                "null",
                "42",
                "\"text\"",
                "[]",
                "[{\"event\":\"ping\"}]",
                "{\"event\":\"ping\"} {\"event\":\"ping\"}",
                "{\"event\":\"ping\"}x",
                "{\"event\":\"ping\",\"event\":\"join\"}",
                "{\"event\":\"chat/say\",\"data\":{\"text\":\"a\",\"text\":\"b\"}}",
                "{\"event\":\"ping\",\"data\":" + "[".repeat(33) + "]".repeat(33) + "}",
                "{\"event\":\"ping\",\"data\":1e999999999}",
                "{\"event\":\"ping\",\"data\":NaN}",
                "{'event':'ping'}",
                "{\"event\":\"ping\"/* */}")) {
            assertAnswer(text, "error", 1000, "malformed message");
        }
    }

    @Test
    void an_envelope_without_a_good_event_or_with_a_bad_id_is_invalid() throws Exception {
        for (String text : List.of(
                "{}",
                "{\"data\":1}",
                "{\"event\":null}",
                "{\"event\":7}",
                "{\"event\":\"\"}",
                "{\"event\":\"with space\"}",
                "{\"event\":\"ünicode\"}",
                "{\"event\":\"" + "x".repeat(129) + "\"}",
                "{\"event\":\"ping\",\"id\":7}",
                "{\"event\":\"ping\",\"id\":\"\"}",
                "{\"event\":\"ping\",\"id\":\"" + "x".repeat(65) + "\"}")) {
            assertAnswer(text, "error", 1001, "invalid envelope");
        }
    }

    @Test
    void more_than_ten_malformed_messages_a_minute_end_it() throws Exception {
        serve(InboundLimits.defaults());
        try (RawPeer peer = server.peer().open()) {
            for (int i = 0; i < 10; i++) {
                peer.sendText("hello");
                assertThat(read(peer).path("code").asInt()).isEqualTo(1000);
            }
            peer.sendText("{\"event\":\"hub/ack\"}");

            assertThat(peer.receiveClose().closeCode()).isEqualTo(4000);
            assertEnded(4000);
        }
    }

    @Test
    void an_unknown_event_is_answered_under_its_own_name() throws Exception {
        assertAnswer("{\"event\":\"no/such\"}", "no/such", 1300, "unknown event");
        assertAnswer("{\"event\":\"hub/ack\",\"data\":{\"seq\":1}}", "hub/ack", 1300, "unknown event");
    }

    @Test
    void a_payload_that_does_not_fit_is_answered_with_the_path() throws Exception {
        JsonNode wrongType = assertAnswer(
                "{\"event\":\"chat/say\",\"data\":{\"text\":\"a\",\"loudness\":\"loud\"}}",
                "chat/say",
                1002,
                "invalid payload");
        assertThat(wrongType.path("data").toString()).contains("loudness");

        JsonNode refused = assertAnswer(
                "{\"event\":\"chat/say\",\"data\":{\"text\":\"\",\"loudness\":1}}",
                "chat/say",
                1002,
                "invalid payload");
        assertThat(refused.path("data").toString()).contains("text");

        assertAnswer("{\"event\":\"chat/say\",\"data\":[1]}", "chat/say", 1002, "invalid payload");
        assertAnswer("{\"event\":\"chat/say\"}", "chat/say", 1002, "invalid payload");
    }

    @Test
    void a_handlers_failure_tells_an_incident_and_nothing_else() throws Exception {
        JsonNode answer = assertAnswer("{\"event\":\"chat/broken\"}", "chat/broken", 1400, "internal error");

        assertThat(answer.toString()).doesNotContain("secret").doesNotContain("IllegalState");
        assertThat(answer.path("data").toString()).hasSizeGreaterThan(8);
    }

    @Test
    void an_applications_own_error_tells_its_text_and_data() throws Exception {
        JsonNode answer = assertAnswer("{\"event\":\"chat/bid\"}", "chat/bid", 10_001, "bid too low");

        assertThat(answer.path("data").path("least").asInt()).isEqualTo(5);
    }

    @Test
    void a_handler_that_takes_too_long_is_answered_for() throws Exception {
        assertAnswer("{\"event\":\"chat/slow\"}", "chat/slow", 1401, "handler timed out");
    }

    @Test
    void what_is_not_allowed_is_refused() throws Exception {
        assertAnswer("{\"event\":\"chat/admin\"}", "chat/admin", 1103, "not allowed");
        assertAnswer(
                "{\"event\":\"chat/room\",\"data\":{\"text\":\"a\",\"loudness\":1}}", "chat/room", 1103, "not allowed");
        assertAnswer("{\"event\":\"join\",\"data\":{\"id\":\"secret\"}}", "join", 1103, "not allowed");
    }

    @Test
    void a_client_over_its_rate_is_told_and_then_ended() throws Exception {
        serve(InboundLimits.defaults().eventsPerSecond(1, 5));
        RawFrame[] pings = new RawFrame[30];
        Arrays.fill(pings, RawFrame.text("{\"event\":\"ping\"}"));
        long begin = System.nanoTime();
        try (RawPeer peer = server.peer().open()) {
            peer.send(pings);
            int answered = 0;
            JsonNode answer = read(peer);
            while (answer.path("code").asInt() == 0) {
                answered++;
                answer = read(peer);
            }
            long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
            assertThat(answered).isBetween(5, 5 + Math.toIntExact(seconds));
            assertThat(answer.path("code").asInt()).isEqualTo(1200);
            assertThat(answer.path("errorMsg").asText()).isEqualTo("rate limit exceeded");

            assertThat(peer.receiveClose().closeCode()).isEqualTo(4101);
            assertEnded(4101);
        }
    }

    @Test
    void a_full_mailbox_is_answered_at_once() throws Exception {
        serve(InboundLimits.defaults().mailbox(2, 1 << 20));
        try (RawPeer peer = server.peer().open()) {
            peer.sendText("{\"event\":\"chat/wait\"}");
            assertThat(chat.entered.await(5, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 3; i++) {
                peer.sendText("{\"event\":\"chat/wait\",\"id\":\"" + i + "\"}");
            }

            JsonNode refused = read(peer);
            assertThat(refused.path("code").asInt()).isEqualTo(1201);
            assertThat(refused.path("errorMsg").asText()).isEqualTo("too many messages waiting");
            assertThat(refused.path("id").asText()).isEqualTo("3");
            assertAlive(peer);
        }
    }

    @Test
    void a_text_of_65536_bytes_is_taken_and_one_byte_more_is_not() throws Exception {
        serve(MANY_FAULTS);
        try (RawPeer peer = server.peer().open()) {
            peer.sendText(pingOf(65_536));
            assertThat(read(peer).path("code").asInt()).isZero();
            peer.sendInParts(pingOf(65_536), 1_000);
            assertThat(read(peer).path("code").asInt()).isZero();
        }
        assertClosed(peer -> peer.sendText(pingOf(65_537)), 1009);
        assertClosed(peer -> peer.sendInParts(pingOf(65_537), 1_000), 1009);
    }

    @Test
    void bytes_count_and_not_characters() throws Exception {
        serve(MANY_FAULTS);
        String euros = "{\"event\":\"ping\",\"data\":\"" + "€".repeat(22_000) + "\"}";
        assertClosed(peer -> peer.sendText(euros), 1009);
    }

    @Test
    void more_fragments_than_allowed_are_too_much() throws Exception {
        serve(InboundLimits.defaults().fragments(16));
        try (RawPeer peer = server.peer().open()) {
            peer.sendInParts(pingOf(16 * 50), 50);
            assertThat(read(peer).path("code").asInt()).isZero();
        }
        assertClosed(peer -> peer.sendInParts(pingOf(17 * 50), 50), 1009);
        assertClosed(
                peer -> {
                    peer.send(RawFrame.part(RawFrame.TEXT, false, new byte[0]));
                    sendUntilCut(peer, RawFrame.part(RawFrame.CONTINUATION, false, new byte[0]), 1_000);
                },
                1009);
    }

    @Test
    void a_binary_message_ends_it() throws Exception {
        serve(MANY_FAULTS);
        assertClosed(peer -> peer.send(RawFrame.of(RawFrame.BINARY, (byte) 1)), 1003);
        assertClosed(peer -> peer.send(RawFrame.of(RawFrame.BINARY)), 1003);
    }

    @Test
    void invalid_utf8_and_broken_framing_end_it() throws Exception {
        serve(MANY_FAULTS);
        byte[] bad = "{\"event\":\"ping\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertClosed(peer -> peer.send(RawFrame.of(RawFrame.TEXT, bad)), 1007);
        assertClosed(
                peer -> peer.sendBytes(RawFrame.text("{\"event\":\"ping\"}").unmasked()), 1002);
        assertClosed(peer -> peer.send(new RawFrame(0xb1, new byte[] {1})), 1002);
    }

    private interface PeerAction {
        void on(RawPeer peer) throws IOException;
    }

    private JsonNode assertAnswer(String text, String event, int code, String errorMsg) throws Exception {
        if (server == null) {
            serve(MANY_FAULTS);
        }
        try (RawPeer peer = server.peer().open()) {
            peer.sendText(text);

            JsonNode answer = read(peer);
            assertThat(answer.path("event").asText()).as(text).isEqualTo(event);
            assertThat(answer.path("code").asInt()).as(text).isEqualTo(code);
            assertThat(answer.path("errorMsg").asText()).as(text).isEqualTo(errorMsg);
            assertAlive(peer);
            return answer;
        }
    }

    private void assertAlive(RawPeer peer) throws IOException {
        peer.sendText("{\"event\":\"ping\",\"id\":\"alive\"}");
        JsonNode answer = read(peer);
        assertThat(answer.path("id").asText()).isEqualTo("alive");
        assertThat(answer.path("code").asInt()).isZero();
    }

    private void assertClosed(PeerAction action, int code) throws Exception {
        try (RawPeer peer = server.peer().open()) {
            action.on(peer);
            assertThat(peer.receiveClose().closeCode()).isEqualTo(code);
            assertEnded(code);
        }
    }

    private void assertEnded(int code) throws InterruptedException {
        CloseReason end = ends.poll(5, TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        assertThat(end.code()).isEqualTo(code);
        await().until(() -> hub.online().devices().count() == 0);
    }

    /** As often as it goes: some containers end a connection whose peer goes on after the close. */
    private static void sendUntilCut(RawPeer peer, RawFrame frame, int times) {
        try {
            for (int i = 0; i < times; i++) {
                peer.send(frame);
            }
        } catch (IOException e) {
            // cut before everything was sent; how it ended is for the test to see
        }
    }

    private static String pingOf(int bytes) {
        String frame = "{\"event\":\"ping\",\"data\":\"\"}";
        return frame.replace("\"\"", "\"" + "x".repeat(bytes - frame.length()) + "\"");
    }

    private static JsonNode read(RawPeer peer) throws IOException {
        return JSON.readTree(peer.receiveText());
    }

    private void serve(InboundLimits limits) {
        hub = Hub.builder()
                .install(chat)
                .limits(limits)
                .observer(new HubObserver() {
                    @Override
                    public void clientDisconnected(String client, CloseReason reason) {
                        if (!reason.equals(CloseReason.CONNECTION_LOST)) {
                            ends.add(reason);
                        }
                    }
                })
                .build();
        server = Server.of(hub);
    }
}
