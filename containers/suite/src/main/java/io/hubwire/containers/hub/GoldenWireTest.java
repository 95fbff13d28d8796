// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.containers.Server;
import io.hubwire.protocol.CloseReason;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The classic examples of the protocol, byte for byte, over a real socket and through a client of another make. */
class GoldenWireTest {
    private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":(\\d+)");

    private final Hub hub = Hub.builder()
            .install(
                    StandardEvents.ping(),
                    StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")),
                    StandardEvents.kick())
            .build();
    private final Instant begin = Instant.now();

    @AutoClose
    private final Server server = Server.of(hub);

    @Test
    void the_examples_of_the_classic_profile_are_exact() throws Exception {
        try (JdkPeer client = new JdkPeer(server.uri("/ws"))) {
            client.send("{\"event\":\"ping\"}");
            assertGolden(client.receive(), "{'event':'ping','code':0,'timestamp':1715670733}");

            client.send("{\"event\":\"join\",\"data\":{\"id\":\"room-1\"}}");
            assertGolden(client.receive(), "{'event':'join','data':['room-1'],'code':0,'timestamp':1715670733}");

            client.send("{\"event\":\"no/such\"}");
            assertGolden(
                    client.receive(),
                    "{'event':'no/such','code':1300,'errorMsg':'unknown event','timestamp':1715670733}");

            client.send("{\"event\":\"quit\",\"data\":{\"id\":\"room-1\"}}");
            assertGolden(client.receive(), "{'event':'quit','data':[],'code':0,'timestamp':1715670733}");
        }
    }

    @Test
    void an_id_comes_back_last() throws Exception {
        try (JdkPeer client = new JdkPeer(server.uri("/ws"))) {
            client.send("{\"event\":\"ping\",\"id\":\"c-17\"}");
            assertGolden(client.receive(), "{'event':'ping','code':0,'timestamp':1715670733,'id':'c-17'}");

            client.send("{\"event\":\"no/such\",\"id\":\"c-18\"}");
            assertGolden(
                    client.receive(),
                    "{'event':'no/such','code':1300,'errorMsg':'unknown event','timestamp':1715670733,'id':'c-18'}");
        }
    }

    @Test
    void what_is_no_json_is_an_error_event() throws Exception {
        try (JdkPeer client = new JdkPeer(server.uri("/ws"))) {
            client.send("hello");
            assertGolden(
                    client.receive(),
                    "{'event':'error','code':1000,'errorMsg':'malformed message','timestamp':1715670733}");
        }
    }

    @Test
    void a_kick_is_told_before_the_close() throws Exception {
        try (JdkPeer client = new JdkPeer(server.uri("/ws"))) {
            client.send("{\"event\":\"ping\"}");
            client.receive();

            hub.all().kick(CloseReason.KICKED);

            assertGolden(client.receive(), "{'event':'kick','code':0,'timestamp':1715670733}");
            assertThat(client.awaitClose()).isEqualTo(4004);
        }
    }

    /** Compares all bytes, but for the time, which must be that of the test. */
    private void assertGolden(String actual, String golden) {
        Matcher found = TIMESTAMP.matcher(actual);
        assertThat(found.find()).as(actual).isTrue();
        long seconds = Long.parseLong(found.group(1));
        assertThat(actual).isEqualTo(golden.replace('\'', '"').replace("1715670733", Long.toString(seconds)));
        assertThat(seconds).isBetween(begin.getEpochSecond(), Instant.now().getEpochSecond());
    }
}
