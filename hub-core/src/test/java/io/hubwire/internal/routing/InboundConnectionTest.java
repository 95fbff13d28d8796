// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.RequestType;
import io.hubwire.Route;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundConnectionTest {
    private static final String HI = "{\"event\":\"hi\"}";
    private static final String RATE_LIMITED = "{\"event\":\"hi\",\"code\":1200,\"errorMsg\":\"rate limit exceeded\"}";

    private int handled;

    private OneClient client(InboundLimits limits) {
        OneClient client = new OneClient(limits);
        client.routes.on("hi", any -> handled++);
        return client;
    }

    @Test
    void events_within_the_burst_are_handled_and_the_next_is_refused() {
        OneClient client = client(InboundLimits.defaults().eventsPerSecond(10, 5));

        receive(client, HI, 6);

        assertThat(handled).isEqualTo(5);
        assertThat(client.answers()).containsExactly(RATE_LIMITED);
        assertThat(client.session.isConnected()).isTrue();
    }

    @Test
    void a_client_that_slows_down_is_handled_again() {
        OneClient client = client(InboundLimits.defaults().eventsPerSecond(10, 5));
        receive(client, HI, 6);

        client.advance(Duration.ofMillis(100)).receive(HI);

        assertThat(handled).isEqualTo(6);
    }

    @Test
    void a_client_that_is_refused_more_often_than_the_burst_is_closed() {
        OneClient client = client(InboundLimits.defaults().eventsPerSecond(10, 5));

        receive(client, HI, 5 + 5);
        assertThat(client.session.isConnected()).isTrue();
        receive(client, HI, 1);

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.RATE_LIMITED);
        assertThat(client.connection.log()).last().isEqualTo("close 4101");
        assertThat(client.answers()).isEqualTo(Collections.nCopies(6, RATE_LIMITED));
    }

    @Test
    void a_client_that_is_refused_as_often_as_it_is_heard_stays() {
        OneClient client = client(InboundLimits.defaults().eventsPerSecond(10, 5));
        receive(client, HI, 5);

        for (int i = 0; i < 300; i++) {
            client.advance(Duration.ofMillis(100)).receive(HI).receive(HI);
        }

        assertThat(handled).isEqualTo(5 + 300);
        assertThat(client.session.isConnected()).isTrue();
    }

    @Test
    void a_client_that_is_refused_twice_as_often_as_it_is_heard_is_closed() {
        OneClient client = client(InboundLimits.defaults().eventsPerSecond(10, 5));
        receive(client, HI, 5);

        int rounds = 0;
        while (client.session.isConnected() && rounds < 300) {
            rounds++;
            client.advance(Duration.ofMillis(100)).receive(HI).receive(HI).receive(HI);
        }

        assertThat(rounds).isBetween(4, 6);
        assertThat(client.session.life().reason()).isEqualTo(CloseReason.RATE_LIMITED);
    }

    @Test
    void a_flood_is_closed_although_a_message_gets_through_now_and_then() {
        OneClient client = client(InboundLimits.defaults());

        int sent = 0;
        while (client.session.isConnected() && sent < 30_000) {
            receive(client, HI, 4);
            sent += 4;
            client.advance(Duration.ofMillis(1));
        }

        assertThat(sent).isBetween(200, 220);
        assertThat(client.session.life().reason()).isEqualTo(CloseReason.RATE_LIMITED);
    }

    @Test
    void bytes_that_are_refused_again_and_again_close_even_if_events_are_not_limited() {
        OneClient client = client(InboundLimits.defaults()
                .messageBytes(128)
                .eventsPerSecond(InboundLimits.UNLIMITED, 5)
                .bytesPerSecond(140, 140));

        receive(client, HI, 10 + 5);
        assertThat(client.session.isConnected()).isTrue();
        receive(client, HI, 1);

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.RATE_LIMITED);
    }

    @Test
    void bytes_beyond_their_rate_are_refused_before_they_are_read() {
        OneClient client = client(InboundLimits.defaults().messageBytes(128).bytesPerSecond(100, 140));

        receive(client, HI, 10);
        assertThat(handled).isEqualTo(10);
        receive(client, HI, 1);

        assertThat(handled).isEqualTo(10);
        assertThat(client.answers())
                .containsExactly("{\"event\":\"error\",\"code\":1200,\"errorMsg\":\"rate limit exceeded\"}");
    }

    @Test
    void malformed_messages_are_answered_and_one_too_many_a_minute_closes() {
        OneClient client = client(InboundLimits.defaults());

        receive(client, "nonsense", 10);
        assertThat(client.session.isConnected()).isTrue();
        receive(client, "nonsense", 1);

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.BAD_PROTOCOL);
        assertThat(client.answers())
                .isEqualTo(Collections.nCopies(
                        11, "{\"event\":\"error\",\"code\":1000,\"errorMsg\":\"malformed message\"}"));
        assertThat(client.connection.log()).last().isEqualTo("close 4000");
    }

    @Test
    void malformed_messages_of_an_older_minute_are_forgotten() {
        OneClient client = client(InboundLimits.defaults());

        for (int minute = 0; minute < 5; minute++) {
            receive(client, "nonsense", 10);
            client.advance(Duration.ofMinutes(1).plusMillis(1));
        }

        assertThat(client.session.isConnected()).isTrue();
    }

    @Test
    void one_malformed_message_too_many_closes_at_whatever_point_of_the_minute_they_began() {
        OneClient client = client(InboundLimits.defaults());
        client.receive("nonsense").advance(Duration.ofSeconds(59));
        receive(client, "nonsense", 9);

        client.advance(Duration.ofSeconds(2)).receive("nonsense");
        assertThat(client.session.isConnected()).isTrue();
        client.receive("nonsense");

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.BAD_PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub/ping", "hub/hello", "hub/anything"})
    void reserved_events_are_unknown_and_count_as_malformed(String event) {
        OneClient client = client(InboundLimits.defaults().malformedPerMinute(1));
        String message = "{\"event\":\"" + event + "\",\"id\":\"7\"}";

        client.receive(message);
        assertThat(client.answers())
                .containsExactly(
                        "{\"event\":\"" + event + "\",\"code\":1300,\"errorMsg\":\"unknown event\",\"id\":\"7\"}");
        client.receive(message);

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.BAD_PROTOCOL);
    }

    @ParameterizedTest
    @CsvSource({"127, true", "128, true", "129, false"})
    void a_message_may_be_as_long_as_the_limit(int length, boolean isTaken) {
        OneClient client = client(InboundLimits.defaults().messageBytes(128));

        client.receive(HI + " ".repeat(length - HI.length()));

        assertThat(handled).isEqualTo(isTaken ? 1 : 0);
        assertThat(client.session.isConnected()).isEqualTo(isTaken);
        assertThat(client.connection.closes())
                .isEqualTo(isTaken ? Collections.emptyList() : Collections.singletonList(CloseReason.TOO_BIG));
    }

    @ParameterizedTest
    @CsvSource({"128, true", "129, false"})
    void a_message_in_parts_may_be_as_long_as_the_limit(int length, boolean isTaken) {
        OneClient client = client(InboundLimits.defaults().messageBytes(128));
        String text = HI + " ".repeat(length - HI.length());

        client.handler().onText(text.substring(0, 5), false);
        client.handler().onText(text.substring(5, 60), false);
        client.handler().onText(text.substring(60), true);
        client.runtime.runAll();

        assertThat(handled).isEqualTo(isTaken ? 1 : 0);
        assertThat(client.session.isConnected()).isEqualTo(isTaken);
    }

    @Test
    void bytes_count_and_not_characters() {
        OneClient client = client(InboundLimits.defaults().messageBytes(128));

        client.receive("{\"event\":\"hi\",\"data\":\"" + "€".repeat(40) + "\"}");

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.TOO_BIG);
    }

    @Test
    void a_surrogate_pair_that_is_split_between_parts_is_whole_again() {
        OneClient client = new OneClient();
        client.routes.onRequest("echo", String.class, (any, text) -> text);
        String text = "{\"event\":\"echo\",\"data\":\"😀\"}";
        int split = text.indexOf("😀") + 1;

        client.handler().onText(text.substring(0, split), false);
        client.handler().onText(text.substring(split), true);
        client.runtime.runAll();

        assertThat(client.answers()).containsExactly("{\"event\":\"echo\",\"data\":\"😀\",\"code\":0}");
    }

    @Test
    void a_message_in_too_many_parts_closes() {
        OneClient client = client(InboundLimits.defaults().fragments(3));

        for (int i = 0; i < 4; i++) {
            client.handler().onText(" ", false);
        }
        client.runtime.runAll();

        assertThat(client.connection.closes()).containsExactly(CloseReason.TOO_BIG);
    }

    @Test
    void everything_received_is_a_sign_of_life_and_nothing_sent_is() {
        OneClient client = client(InboundLimits.defaults());
        Instant start = client.session.lastSeenAt();

        client.advance(Duration.ofSeconds(5));
        client.session.send("news", "for you");
        assertThat(client.session.lastSeenAt()).isEqualTo(start);

        client.handler().onPong();
        assertThat(client.session.lastSeenAt()).isEqualTo(start.plusSeconds(5));
        client.advance(Duration.ofSeconds(5)).receive("nonsense");
        assertThat(client.session.lastSeenAt()).isEqualTo(start.plusSeconds(10));
        client.advance(Duration.ofSeconds(5));
        client.handler().onText("a part", false);
        assertThat(client.session.lastSeenAt()).isEqualTo(start.plusSeconds(15));
    }

    @Test
    void what_arrives_after_the_end_is_ignored() {
        OneClient client = client(InboundLimits.defaults());
        client.session.close(CloseReason.NORMAL);

        receive(client, HI, 3);
        receive(client, "nonsense", 20);

        assertThat(handled).isZero();
        assertThat(client.answers()).isEmpty();
    }

    @Test
    void a_violation_seen_by_the_adapter_ends_the_session_for_its_reason() {
        OneClient client = client(InboundLimits.defaults());

        client.handler().onViolation(CloseReason.UNSUPPORTED_DATA);
        client.runtime.runAll();

        assertThat(client.session.life().reason()).isEqualTo(CloseReason.UNSUPPORTED_DATA);
        assertThat(client.connection.closes()).containsExactly(CloseReason.UNSUPPORTED_DATA);
    }

    @Test
    void what_is_out_of_band_is_answered_while_every_handler_is_busy() {
        OneClient client = client(InboundLimits.defaults());
        client.routes.onRequest(
                RequestType.of("ping", Void.class, Void.class), (any, nothing) -> null, Route::outOfBand);
        client.deliver(HI).deliver(HI);

        client.deliver("{\"event\":\"ping\"}");

        assertThat(handled).isZero();
        assertThat(client.answers()).containsExactly("{\"event\":\"ping\",\"code\":0}");
    }

    @Test
    void a_full_mailbox_is_told() {
        OneClient client = client(InboundLimits.defaults().mailbox(2, 1 << 20));

        client.deliver(HI).deliver(HI).deliver("{\"event\":\"hi\",\"id\":\"3\"}");

        assertThat(client.answers())
                .containsExactly(
                        "{\"event\":\"hi\",\"code\":1201,\"errorMsg\":\"too many messages waiting\",\"id\":\"3\"}");
        client.runtime.runAll();
        assertThat(handled).isEqualTo(2);
    }

    @Test
    void a_hub_that_shuts_down_takes_no_events_but_still_answers_out_of_band() {
        OneClient client = client(InboundLimits.defaults());
        client.routes.onRequest(
                RequestType.of("ping", Void.class, Void.class), (any, nothing) -> null, Route::outOfBand);
        client.pipeline().close();

        client.receive(HI).receive("{\"event\":\"ping\"}");

        assertThat(handled).isZero();
        assertThat(client.answers())
                .containsExactly(
                        "{\"event\":\"hi\",\"code\":1402,\"errorMsg\":\"shutting down\"}",
                        "{\"event\":\"ping\",\"code\":0}");
    }

    private static void receive(OneClient client, String message, int times) {
        for (int i = 0; i < times; i++) {
            client.receive(message);
        }
    }
}
