// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;

// region shop
/** Tells customers what is left. */
public final class Shop implements HubModule {
    /** A question. */
    public record Item(String name) {}

    /** The answer. */
    public record Left(String name, int count) {}

    public static final RequestType<Item, Left> LEFT = RequestType.of("shop/left", Item.class, Left.class);

    private final Stock stock;

    public Shop(Stock stock) {
        this.stock = stock;
    }

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping())
                .onRequest(LEFT, this::left, route -> route.validate("name", item -> item.name() != null));
    }

    private Left left(Client client, Item item) {
        return new Left(item.name(), stock.left(item.name()));
    }
}
// endregion
