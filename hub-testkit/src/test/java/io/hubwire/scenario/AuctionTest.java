// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole application as a user of the library would write it, and its test. */
class AuctionTest {
    record Bid(String lot, long cents) {}

    record Price(String lot, long cents, String by, Instant closes) {}

    static final class Auction implements HubModule {
        static final RequestType<Bid, Price> BID = RequestType.of("lot/bid", Bid.class, Price.class);
        static final EventType<Price> PRICE = EventType.of("lot/price", Price.class);
        static final EventType<Price> SOLD = EventType.of("lot/sold", Price.class);
        static final ErrorCode TOO_LOW = ErrorCode.of(10_001, "bid too low");

        private final Map<String, Price> open = new HashMap<>();

        @Override
        public void install(HubBuilder hub) {
            hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("lot-{id}")))
                    .onJoined("lot-{id}", this::joined)
                    .onRequest(BID, this::bid, route -> route.allow(Client.hasRole("bidder")));
        }

        synchronized void open(Hub hub, String lot, long floor, Instant closes) {
            open.put("lot-" + lot, new Price(lot, floor, "", closes));
            hub.timers().at(closes, () -> close(hub, "lot-" + lot));
        }

        private synchronized void joined(Client client, String group) {
            Price price = open.get(group);
            if (price != null) {
                client.send(PRICE, price);
            }
        }

        private synchronized Price bid(Client client, Bid bid) {
            String group = "lot-" + bid.lot();
            Price last = Objects.requireNonNull(open.get(group));
            if (bid.cents() <= last.cents()) {
                throw TOO_LOW.exception(last);
            }
            Price price = new Price(bid.lot(), bid.cents(), client.requireUser().id(), last.closes());
            open.put(group, price);
            client.group(group).send(PRICE, price);
            return price;
        }

        private synchronized void close(Hub hub, String group) {
            hub.group(group).send(SOLD, Objects.requireNonNull(open.remove(group)));
        }
    }

    private final Auction auction = new Auction();
    private final TestHub hub = TestHub.of(auction);
    private final TestClient ann = hub.connect("ann", "bidder");
    private final TestClient bob = hub.connect("bob", "bidder");

    @BeforeEach
    void open() {
        auction.open(hub.hub(), "7", 100, hub.now().plus(Duration.ofHours(1)));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_slow_bidder_catches_up_and_sees_the_lot_sold() {
        ann.join("lot-7").isOk();
        bob.join("lot-7").isOk();
        bob.stopReading();
        for (int cents : List.of(110, 120, 130)) {
            ann.request(Auction.BID, new Bid("7", cents)).isOk();
        }
        ann.request(Auction.BID, new Bid("7", 5)).failedWith(Auction.TOO_LOW);
        bob.resumeReading();
        assertThat(bob).received(Auction.PRICE).last().returns(130L, Price::cents);

        hub.advance(Duration.ofHours(1));

        assertThat(ann).received(Auction.SOLD).hasSize(1);
        assertThat(bob).received(Auction.SOLD).last().returns("ann", Price::by);
    }

    @Test
    void whoever_joins_is_told_the_price_first() {
        ann.join("lot-7").isOk();

        assertThat(ann).receivedEvents("lot/price", "join");
        assertThat(ann).received(Auction.PRICE).first().returns(100L, Price::cents);
    }

    @Test
    void a_bid_that_is_too_low_is_told_the_price_to_beat() {
        ann.join("lot-7").isOk();

        Price last = ann.request(Auction.BID, new Bid("7", 100))
                .failedWith(Auction.TOO_LOW)
                .data(Price.class);

        assertThat(last).isEqualTo(new Price("7", 100, "", hub.now().plus(Duration.ofHours(1))));
    }

    @Test
    void only_bidders_in_the_room_may_bid() {
        ann.request(Auction.BID, new Bid("7", 200)).failedWith(ErrorCode.FORBIDDEN);
        TestClient eve = hub.connect("eve");
        eve.join("lot-7").isOk();

        eve.request(Auction.BID, new Bid("7", 200)).failedWith(ErrorCode.FORBIDDEN);
    }
}
