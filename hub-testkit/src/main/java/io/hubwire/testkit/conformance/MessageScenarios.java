// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.RequestType;
import io.hubwire.testkit.Reply;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.conformance.Chat.Said;
import io.hubwire.testkit.conformance.Chat.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Events, requests and answers: what is sent arrives as it was sent, once and in order. */
interface MessageScenarios extends Stage {
    @Test
    default void a_typed_event_reaches_its_handler_and_what_that_sends_reaches_everybody() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            ann.send(Chat.SAY, Say.softly("hi"));

            ann.expectPush(Chat.SAID).dataAs(Said.class).isEqualTo(new Said("ann", "hi"));
            bob.expectPush(Chat.SAID).hasExactData("{\"by\":\"ann\",\"text\":\"hi\"}");
            catchUp(bob);
            bob.expectNoPush();
        }
    }

    @Test
    default void a_request_is_answered_with_data_under_its_own_id() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            Reply<Said> first = ann.request(Chat.ECHO, Say.softly("one"));
            Reply<Said> second = ann.request(Chat.ECHO, Say.softly("two"));

            ann.expectReply(second).isOk().hasData("{\"text\":\"two\"}");
            ann.expectReply(first).isOk().dataAs(Said.class).isEqualTo(new Said("ann", "one"));
        }
    }

    @Test
    default void an_event_is_acknowledged_if_it_has_an_id_and_not_if_it_has_none() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.send(Chat.QUIET);
            Reply<Object> acknowledged = ann.request(Chat.QUIET.name());
            catchUp(ann);

            ann.expectReply(acknowledged).isOk().hasNoData();
            assertThat(ann).receivedEvents(Chat.QUIET.name(), Chat.ECHO.name());
        }
    }

    @Test
    default void an_id_comes_back_as_it_was_sent() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.sendRaw("{\"event\":\"chat/quiet\",\"id\":\"order 7/Grüße\",\"unknown\":[1,2]}");
            catchUp(ann);

            assertThat(ann.received(Chat.QUIET.name()))
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.id()).hasValue("order 7/Grüße"));
        }
    }

    @Test
    default void requests_of_several_clients_are_not_mixed_up() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");
            List<Reply<Said>> toAnn = new ArrayList<>();
            List<Reply<Said>> toBob = new ArrayList<>();

            for (int i = 0; i < 30; i++) {
                toAnn.add(ann.request(Chat.ECHO, Say.softly("" + i)));
                toBob.add(bob.request(Chat.ECHO, Say.softly("" + i)));
            }

            for (int i = 0; i < 30; i++) {
                bob.expectReply(toBob.get(i)).dataAs(Said.class).isEqualTo(new Said("bob", "" + i));
                ann.expectReply(toAnn.get(i)).dataAs(Said.class).isEqualTo(new Said("ann", "" + i));
            }
        }
    }

    @Test
    default void five_hundred_messages_arrive_once_and_in_order() {
        try (TestHub hub = chat(builder -> builder.outbox(OutboxPolicy.atMost(1_000, 1 << 20)))) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            IntStream.range(0, 500).forEach(i -> hub.hub().all().send(Chat.NUMBER, i));

            catchUp(ann);
            catchUp(bob);
            Integer[] all = IntStream.range(0, 500).boxed().toArray(Integer[]::new);
            assertThat(ann).received(Chat.NUMBER).containsExactly(all);
            assertThat(bob).received(Chat.NUMBER).containsExactly(all);
        }
    }

    @Test
    default void five_hundred_events_of_a_client_are_handled_once_and_in_order() {
        List<Integer> handled = new CopyOnWriteArrayList<>();
        InboundLimits generous = InboundLimits.defaults()
                .eventsPerSecond(InboundLimits.UNLIMITED, InboundLimits.UNLIMITED)
                .mailbox(1_000, 1 << 20);
        try (TestHub hub =
                chat(builder -> builder.limits(generous).on(Chat.NUMBER, (client, number) -> handled.add(number)))) {
            TestClient ann = hub.connect("ann");

            IntStream.range(0, 500).forEach(i -> ann.send(Chat.NUMBER, i));

            catchUp(ann);
            assertThat(handled)
                    .containsExactlyElementsOf(IntStream.range(0, 500).boxed().toList());
        }
    }

    @Test
    default void text_of_every_script_survives_both_ways() {
        String text = "Grüße, привет, 世界, \uD83C\uDFAD\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67, "
                + "\u2028\u0001\t\"\\\r\n \uFFFD \u0000";
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            Reply<Said> reply = ann.request(Chat.ECHO, Say.softly(text.repeat(500)));

            ann.expectReply(reply).dataAs(Said.class).isEqualTo(new Said("ann", text.repeat(500)));
        }
    }

    @Test
    default void long_messages_arrive_whole_both_ways() {
        RequestType<Integer, String> page = RequestType.of("chat/page", Integer.class, String.class);
        try (TestHub hub = chat(builder -> builder.onRequest(page, (client, length) -> "p".repeat(length)))) {
            TestClient ann = hub.connect("ann");

            Reply<Said> longest = ann.request(Chat.ECHO, Say.softly("s".repeat(65_000)));
            Reply<String> longer = ann.request(page, 500_000);

            ann.expectReply(longest).dataAs(Said.class).isEqualTo(new Said("ann", "s".repeat(65_000)));
            ann.expectReply(longer).dataAs(String.class).isEqualTo("p".repeat(500_000));
        }
    }

    @Test
    default void a_message_in_fragments_is_one_message() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");

            ann.sendPart("{\"event\":\"chat/say\",\"data\":{\"text\":\"in ", false);
            ann.sendPart("", false);
            ann.sendPart("p\u00efeces\",\"loud", false);
            ann.sendPart("ness\":1}}", true);

            ann.expectPush(Chat.SAID).dataAs(Said.class).isEqualTo(new Said("ann", "in p\u00efeces"));
            catchUp(ann);
            ann.expectNoPush();
        }
    }

    @Test
    default void a_message_that_is_cut_off_is_handled_by_nobody() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            TestClient bob = hub.connect("bob");

            ann.send(Chat.SAY, Say.softly("whole"));
            bob.expectPush(Chat.SAID);
            ann.sendPart("{\"event\":\"chat/say\",\"data\":{\"text\":\"half\",\"loudness\":1}}", false);
            ann.drop();
            hub.settleUntil(() -> hub.hub().user("ann").size() == 0);

            catchUp(bob);
            bob.expectNoPush();
        }
    }
}
