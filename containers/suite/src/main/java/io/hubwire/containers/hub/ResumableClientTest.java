// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawFrame;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The {@code hubwire.v1} profile over a real socket, frame by frame. */
class ResumableClientTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Hub hub = Hub.builder()
            .install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
            .authenticator(handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous))
            .build();

    @AutoClose
    private final Server server = Server.of(hub);

    private RawHandshake handshake() {
        return server.peer().header("Sec-WebSocket-Protocol", "hubwire.v1");
    }

    private static JsonNode greet(RawPeer peer, String data) throws IOException {
        peer.sendText("{\"event\":\"hub/hello\",\"data\":" + data + "}");
        JsonNode answer = JSON.readTree(peer.receiveText());
        assertThat(answer.get("event").asText()).isEqualTo("hub/hello");
        return answer.get("data");
    }

    private static JsonNode frame(RawPeer peer) throws IOException {
        return JSON.readTree(peer.receiveText());
    }

    /** The answer to the hello may be quicker than the hub's directory. */
    private Client client(JsonNode hello) {
        String id = hello.get("client").asText();
        return await().until(() -> hub.find(id), Optional::isPresent).orElseThrow();
    }

    @Test
    void the_profile_is_chosen_in_the_handshake_and_the_hello_is_answered_first() throws Exception {
        try (RawPeer peer = handshake().open()) {
            assertThat(peer.reply().header("Sec-WebSocket-Protocol")).contains("hubwire.v1");

            JsonNode hello = greet(peer, "{\"token\":\"ann\"}");

            assertThat(hello.get("user").get("id").asText()).isEqualTo("ann");
            assertThat(hello.get("resumed").asBoolean()).isFalse();
        }
    }

    @Test
    void it_is_found_among_others_on_several_lines() throws Exception {
        try (RawPeer peer = server.peer()
                .header("Sec-WebSocket-Protocol", "chat")
                .header("Sec-WebSocket-Protocol", "graphql-ws, hubwire.v1")
                .open()) {
            assertThat(peer.reply().header("Sec-WebSocket-Protocol")).contains("hubwire.v1");
            assertThat(greet(peer, "{}").get("reason").asText()).isEqualTo("none");
        }
    }

    @Test
    void a_hello_right_behind_the_handshake_is_answered() throws Exception {
        byte[] hello = RawFrame.text("{\"event\":\"hub/hello\"}").masked();
        try (RawPeer peer = handshake().send(hello)) {
            assertThat(peer.reply().status()).isEqualTo(101);
            assertThat(frame(peer).get("event").asText()).isEqualTo("hub/hello");
        }
    }

    @Test
    void what_was_missed_behind_a_reset_comes_after_the_resume() throws Exception {
        String claim;
        Client ann;
        try (RawPeer peer = handshake().open()) {
            JsonNode hello = greet(peer, "{\"token\":\"ann\"}");
            ann = client(hello);
            peer.sendText("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"},\"id\":\"1\"}");
            assertThat(frame(peer).get(0).asLong()).isEqualTo(1);
            claim = "{\"token\":\"ann\",\"resume\":{\"session\":" + hello.get("session") + ",\"seq\":1}}";
            peer.reset();
        }
        await().until(ann::isAway);
        hub.group("room-1").send("news", 7);
        hub.group("room-1").send("news", 8);

        try (RawPeer again = handshake().open()) {
            assertThat(greet(again, claim).get("resumed").asBoolean()).isTrue();
            JsonNode missed = frame(again);
            assertThat(missed.get(0).asLong()).isEqualTo(2);
            assertThat(missed.get(1).get("data").asInt()).isEqualTo(7);
            assertThat(missed.get(2).get("data").asInt()).isEqualTo(8);
            assertThat(ann.groups()).containsExactly("room-1");
        }
    }

    @Test
    void a_claim_closes_the_older_socket_with_4005() throws Exception {
        try (RawPeer older = handshake().open();
                RawPeer newer = handshake().open()) {
            JsonNode hello = greet(older, "{\"token\":\"ann\"}");

            JsonNode resumed =
                    greet(newer, "{\"token\":\"ann\",\"resume\":{\"session\":" + hello.get("session") + ",\"seq\":0}}");

            assertThat(resumed.get("resumed").asBoolean()).isTrue();
            assertThat(older.receiveClose().closeCode()).isEqualTo(4005);
        }
    }

    @Test
    void classic_clients_are_served_beside_it() throws Exception {
        try (RawPeer classic = server.peer().open();
                RawPeer resumable = handshake().open()) {
            assertThat(classic.reply().header("Sec-WebSocket-Protocol")).isEmpty();
            greet(resumable, "{}");
            await().until(() -> hub.online().devices().count() == 2);

            hub.all().send("news", 7);

            JsonNode counted = frame(resumable);
            assertThat(counted.get(0).asLong()).isEqualTo(1);
            assertThat(frame(classic)).isEqualTo(counted.get(1));
        }
    }

    @Test
    void whoever_does_not_greet_first_gets_no_session() throws Exception {
        try (RawPeer peer = handshake().open()) {
            peer.sendText("{\"event\":\"ping\"}");

            assertThat(peer.receiveClose().closeCode()).isEqualTo(4000);
            assertThat(hub.online().devices().count()).isZero();
        }
    }
}
