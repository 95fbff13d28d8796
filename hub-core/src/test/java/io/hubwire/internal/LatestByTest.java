// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.EventType;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Outcome;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.Lobby.Visitor;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.protocol.CloseReason;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages of which only the latest with the same key counts. */
class LatestByTest {
    record Price(String lot, int cents) {}

    private static final EventType<Price> PRICE =
            EventType.of("price", Price.class).latestBy(Price::lot);
    private static final EventType<Price> LIMIT =
            EventType.of("limit", Price.class).latestBy(Price::lot);
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);

    private final Lobby lobby = Lobby.with(hub -> hub.emits(PRICE));
    private final RecordingConnection slow = RecordingConnection.deferred();

    private SendReport price(String lot, int cents) {
        return lobby.hub().all().send(PRICE, new Price(lot, cents));
    }

    private void news(int number) {
        lobby.hub().all().send(NEWS, number);
    }

    private ResumingPeer resuming() {
        return ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
    }

    /** One who has received everything and acknowledged nothing. */
    private ResumingPeer awayAfterManyPrices() {
        ResumingPeer ann = resuming();
        news(1);
        for (int i = 0; i < 70_000; i++) {
            price("a", i);
        }
        news(2);
        lobby.settle();
        return ann.read().drop();
    }

    /** A classic client that reads nothing for now, with one message in flight. */
    private Visitor slowVisitor() {
        Visitor bob = lobby.enter("bob", slow);
        news(0);
        return bob;
    }

    private List<String> dataOf(Visitor visitor) {
        slow.completeAll(lobby.runtime());
        return visitor.received().stream()
                .map(text -> text.replaceAll("^.*\"data\":(.*),\"code\".*$", "$1"))
                .toList();
    }

    private static String priceOf(String lot, int cents) {
        return "{\"lot\":\"" + lot + "\",\"cents\":" + cents + "}";
    }

    @Test
    void it_has_no_number_and_says_so() {
        ResumingPeer ann = resuming();
        price("a", 1);
        lobby.settle();

        assertThat(ann.read().last()).isZero();
        assertThat(ann.receivedUncounted()).containsExactly(priceOf("a", 1));
        assertThat(ann.connection().sent().get(1))
                .startsWith("{\"event\":\"price\"")
                .endsWith("\"volatile\":true}");
    }

    @Test
    void a_slow_classic_client_gets_the_latest_of_each_key_at_its_own_place() {
        Visitor bob = slowVisitor();
        price("a", 1);
        news(1);
        price("b", 1);
        price("a", 2);
        news(2);
        price("b", 2);
        lobby.hub().all().send(LIMIT, new Price("a", 9)); // another event: another key
        price("a", 3);

        assertThat(dataOf(bob)).containsExactly("0", "1", "2", priceOf("b", 2), priceOf("a", 9), priceOf("a", 3));
    }

    @Test
    void what_is_on_its_way_is_not_replaced() {
        Visitor bob = lobby.enter("bob", slow);
        price("a", 1);
        price("a", 2);
        price("a", 3);

        assertThat(dataOf(bob)).containsExactly(priceOf("a", 1), priceOf("a", 3));
    }

    @Test
    void the_sender_is_told_that_an_older_one_is_lost() {
        slowVisitor();
        SendReport older = price("a", 1);
        SendReport newer = price("a", 2);
        slow.completeAll(lobby.runtime());

        assertThat(older.accepted()).isEqualTo(1);
        assertThat(older.written().toCompletableFuture()).isCompletedWithValue(new Outcome(0, 1));
        assertThat(newer.written().toCompletableFuture()).isCompletedWithValue(new Outcome(1, 0));
    }

    @Test
    void a_full_outbox_takes_a_newer_one_for_an_older_one() {
        Lobby small = Lobby.with(hub -> hub.outbox(OutboxPolicy.atMost(2, 4096)));
        small.enter("bob", slow);
        small.hub().all().send(NEWS, 0);
        small.hub().all().send(PRICE, new Price("a", 1));
        small.hub().all().send(NEWS, 1);

        SendReport report = small.hub().all().send(PRICE, new Price("a", 2));

        assertThat(report.isComplete()).isTrue();
        assertThat(slow.closes()).isEmpty();
    }

    @Test
    void when_a_newer_one_does_not_fit_the_older_one_keeps_its_place() {
        Lobby small = Lobby.with(hub -> hub.outbox(OutboxPolicy.atMost(10, 1024).onOverflow(Overflow.DROP_NEWEST)));
        Visitor bob = small.enter("bob", slow);
        small.hub().all().send(NEWS, 0);
        small.hub().all().send(PRICE, new Price("a", 1));
        small.hub().all().send(NEWS, 1);

        EventType<String> text = EventType.of("price", String.class).latestBy(any -> "a");
        SendReport report = small.hub().all().send(text, "x".repeat(2000));
        slow.completeAll(small.runtime());

        assertThat(report.refused(Refusal.OVERFLOW)).isEqualTo(1);
        assertThat(bob.received()).hasSize(3);
        assertThat(bob.received().get(1)).contains(priceOf("a", 1));
    }

    @Test
    void a_client_that_was_away_gets_the_latest_of_each_key_in_order_with_the_rest() {
        ResumingPeer ann = resuming();
        ann.drop();
        price("a", 1);
        news(1);
        price("b", 1);
        price("a", 2);
        news(2);

        ann.dialAgain().claim();

        assertThat(ann.received()).containsExactly("1", "2");
        assertThat(ann.receivedUncounted()).containsExactly(priceOf("b", 1), priceOf("a", 2));
        assertThat(ann.connection().sent().get(1))
                .matches("\\[1,.*\"data\":1,.*\"lot\":\"b\".*\"cents\":2.*\"data\":2,.*");
    }

    @Test
    void after_a_resume_the_latest_is_sent_again() {
        ResumingPeer ann = resuming();
        price("a", 1);
        price("a", 2);
        lobby.settle();
        ann.read().drop();

        ann.dialAgain().claim();

        assertThat(ann.receivedUncounted()).containsExactly(priceOf("a", 1), priceOf("a", 2), priceOf("a", 2));
    }

    @Test
    void it_is_not_sent_again_if_something_later_was_acknowledged() {
        ResumingPeer ann = resuming();
        price("a", 1);
        news(1);
        price("b", 1);
        lobby.settle();
        ann.read().send("{\"event\":\"hub/ack\",\"data\":{\"seq\":1}}").drop();

        ann.dialAgain().claim();

        assertThat(ann.receivedUncounted()).containsExactly(priceOf("a", 1), priceOf("b", 1), priceOf("b", 1));
    }

    @Test
    void many_of_one_key_leave_nothing_behind_for_a_client_that_is_away() {
        ResumingPeer ann = resuming();
        news(1);
        lobby.settle();
        ann.read().drop();
        news(2);
        for (int i = 0; i < 100_000; i++) {
            price("a", i);
            price("b", i);
        }
        news(3);

        ann.dialAgain().claim();

        assertThat(ann.received()).containsExactly("1", "2", "3");
        assertThat(ann.receivedUncounted()).containsExactly(priceOf("a", 99_999), priceOf("b", 99_999));
    }

    @Test
    void nor_does_it_make_the_hub_forget_what_a_client_has_not_acknowledged() {
        ResumingPeer ann = awayAfterManyPrices();

        ann.dialAgain().claim(ann.session(), 0);
        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.received()).containsExactly("1", "2", "1", "2");
    }

    @Test
    void what_has_no_number_makes_no_gap_for_a_client_that_has_received_it() {
        ResumingPeer ann = awayAfterManyPrices();

        ann.dialAgain().claim();

        assertThat(ann.hello(1).get("resumed").asBoolean()).isTrue();
        assertThat(ann.received()).containsExactly("1", "2");
    }

    @Test
    void a_key_function_that_throws_fails_the_send_and_nothing_is_sent() {
        ResumingPeer ann = resuming();
        EventType<Price> broken = EventType.of("price", Price.class).latestBy(price -> {
            throw new IllegalStateException("no key");
        });
        EventType<Price> nothing = EventType.of("price", Price.class).latestBy(price -> null);

        assertThatThrownBy(() -> lobby.hub().all().send(broken, new Price("a", 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no key");
        assertThatThrownBy(() -> lobby.hub().all().send(nothing, new Price("a", 1)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("price");
        lobby.settle();
        assertThat(ann.read().receivedUncounted()).isEmpty();
    }

    @Test
    void a_send_by_name_goes_by_the_key_that_was_declared() {
        Visitor bob = slowVisitor();
        lobby.hub().all().send("price", new Price("a", 1));
        lobby.hub().all().send("price", new Price("a", 2));

        assertThat(dataOf(bob)).containsExactly("0", priceOf("a", 2));
    }

    @Test
    void an_event_without_a_payload_may_have_one_key_for_all() {
        EventType<Void> changed = EventType.of("changed").latestBy(nothing -> "all");
        Visitor bob = slowVisitor();
        lobby.hub().all().send(changed);
        lobby.hub().all().send(changed);
        slow.completeAll(lobby.runtime());

        assertThat(bob.received()).hasSize(2);
    }

    @Test
    void the_end_of_a_session_gives_everything_back() {
        Visitor bob = slowVisitor();
        price("a", 1);
        SendReport latest = price("a", 2);
        bob.handler().onClosed(CloseReason.CONNECTION_LOST);
        lobby.settle();

        assertThat(latest.written().toCompletableFuture()).isCompletedWithValue(new Outcome(0, 1));
    }
}
