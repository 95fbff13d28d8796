// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Auction.BID;
import static io.hubwire.examples.testing.Auction.PRICE;
import static io.hubwire.examples.testing.Auction.SOLD;
import static io.hubwire.examples.testing.Auction.TOO_LOW;
import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.hubwire.HubBuilder;
import io.hubwire.examples.testing.Auction.Bid;
import io.hubwire.examples.testing.Auction.Price;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// region auction
@HubTest
class AuctionTest {
    final Auction auction = new Auction();

    @HubSetup
    HubBuilder app(HubBuilder hub) {
        return hub.install(auction); // the production wiring
    }

    @BeforeEach
    void open(TestHub hub) {
        auction.open(hub.hub(), "7", 100, hub.now().plus(ofHours(1)));
    }

    @Test
    void a_slow_bidder_catches_up_and_sees_the_lot_sold(
            TestHub hub, @As(value = "ann", roles = "bidder") TestClient ann, @As("bob") TestClient bob) {
        ann.join("lot-7").isOk();
        bob.join("lot-7").isOk();

        bob.stopReading();
        for (int cents : List.of(110, 120, 130)) {
            ann.request(BID, new Bid("7", cents)).isOk();
        }
        ann.request(BID, new Bid("7", 5)).failedWith(TOO_LOW);
        bob.resumeReading();

        assertThat(bob).received(PRICE).last().returns(130L, Price::cents);
        hub.advance(ofHours(1)); // healthy clients answer pings unless told not to
        assertThat(ann).received(SOLD).hasSize(1);
        assertThat(bob).received(SOLD).last().returns("ann", Price::by);
    }

    @Test
    void a_lot_is_sold_on_time(TestHub hub, @As("ann") TestClient ann) {
        ann.join("lot-7").isOk();
        ann.expectPush(PRICE);

        ann.expectNoPushFor(ofMinutes(59));
        hub.advance(ofMinutes(1));

        ann.expectPush(SOLD);
    }
}
// endregion
