// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.ErrorCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lots that bidders bid for, each open until its time has come. */
public final class Auction implements HubModule {
    record Bid(String lot, long cents) {}

    record Price(String lot, long cents, String by, Instant closes) {}

    static final RequestType<Bid, Price> BID = RequestType.of("lot/bid", Bid.class, Price.class);
    static final EventType<Price> PRICE = EventType.of("lot/price", Price.class);
    static final EventType<Price> SOLD = EventType.of("lot/sold", Price.class);
    static final ErrorCode TOO_LOW = ErrorCode.of(10_001, "bid too low");
    static final ErrorCode CLOSED = ErrorCode.of(10_002, "lot is closed");

    private final Map<String, Price> open = new HashMap<>();

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("lot-{id}")))
                .onJoined("lot-{id}", this::joined)
                .onRequest(BID, this::bid, route -> route.allow(Client.hasRole("bidder")));
    }

    synchronized void open(Hub hub, String lot, long floor, Instant closes) {
        open.put(groupOf(lot), new Price(lot, floor, "", closes));
        hub.timers().at(closes, () -> close(hub, lot));
    }

    private synchronized void joined(Client client, String group) {
        priceOf(group).ifPresent(price -> client.send(PRICE, price));
    }

    private synchronized Price bid(Client client, Bid bid) { // a send never blocks: this lock's order is the send order
        String group = groupOf(bid.lot());
        Price last = priceOf(group).orElseThrow(CLOSED::exception);
        if (bid.cents() <= last.cents()) {
            throw TOO_LOW.exception(last);
        }
        Price price = new Price(bid.lot(), bid.cents(), client.requireUser().id(), last.closes());
        open.put(group, price);
        client.group(group).send(PRICE, price);
        return price;
    }

    private synchronized void close(Hub hub, String lot) {
        Optional.ofNullable(open.remove(groupOf(lot)))
                .ifPresent(price -> hub.group(groupOf(lot)).send(SOLD, price));
    }

    private Optional<Price> priceOf(String group) {
        return Optional.ofNullable(open.get(group));
    }

    private static String groupOf(String lot) {
        return "lot-" + lot;
    }
}
