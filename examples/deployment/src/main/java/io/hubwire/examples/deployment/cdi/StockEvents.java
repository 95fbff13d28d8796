// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.cdi;

import io.hubwire.Client;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.examples.deployment.Shop.Item;
import io.hubwire.examples.deployment.Shop.Left;
import io.hubwire.examples.deployment.Stock;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

// region module
/** Handlers that are a bean: the container gives them what they need. */
@Dependent
public class StockEvents implements HubModule {
    static final RequestType<Item, Left> LEFT = RequestType.of("shop/left", Item.class, Left.class);

    private final Stock stock;

    @Inject
    public StockEvents(Stock stock) {
        this.stock = stock;
    }

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping()).onRequest(LEFT, this::left);
    }

    private Left left(Client client, Item item) {
        return new Left(item.name(), stock.left(item.name()));
    }
}
// endregion
