// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Auction.BID;
import static io.hubwire.examples.testing.Auction.CLOSED;
import static io.hubwire.examples.testing.Auction.PRICE;
import static io.hubwire.examples.testing.Auction.TOO_LOW;
import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofHours;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.testing.Auction.Bid;
import io.hubwire.examples.testing.Auction.Price;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may bid what, and who is told. */
@HubTest
class AuctionRulesTest {
    @HubSetup
    final Auction auction = new Auction();

    @BeforeEach
    void open(TestHub hub) {
        auction.open(hub.hub(), "7", 100, hub.now().plus(ofHours(1)));
    }

    @Test
    void whoever_joins_is_told_the_price_first(@As("ann") TestClient ann) {
        ann.join("lot-7").isOk();

        assertThat(ann).receivedEvents("lot/price", "join");
        assertThat(ann).received(PRICE).first().returns(100L, Price::cents);
    }

    @Test
    void a_bid_that_is_too_low_is_told_the_price_to_beat(
            TestHub hub, @As(value = "ann", roles = "bidder") TestClient ann) {
        ann.join("lot-7").isOk();

        Price last = ann.request(BID, new Bid("7", 100)).failedWith(TOO_LOW).data(Price.class);

        assertThat(last).isEqualTo(new Price("7", 100, "", hub.now().plus(ofHours(1))));
    }

    @Test
    void only_bidders_in_the_room_may_bid(
            @As(value = "ann", roles = "bidder") TestClient ann, @As("eve") TestClient eve) {
        ann.request(BID, new Bid("7", 200)).failedWith(ErrorCode.FORBIDDEN);
        eve.join("lot-7").isOk();

        eve.request(BID, new Bid("7", 200)).failedWith(ErrorCode.FORBIDDEN);
    }

    @Test
    void a_lot_that_is_sold_takes_no_bid(TestHub hub, @As(value = "ann", roles = "bidder") TestClient ann) {
        ann.join("lot-7").isOk();
        hub.advance(ofHours(1));

        ann.request(BID, new Bid("7", 200)).failedWith(CLOSED);
    }
}
