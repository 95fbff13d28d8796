// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.provider;

import io.hubwire.Admission;
import io.hubwire.Hub;
import io.hubwire.examples.deployment.Shop;
import io.hubwire.examples.deployment.Stock;
import io.hubwire.examples.deployment.Warehouse;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.jakarta.HubProvider;
import jakarta.servlet.ServletContext;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

// region provider
/** Two hubs, one for customers and one for staff, that share the stock and nothing else. */
public final class ShopHubs implements HubProvider {
    @Override
    public Collection<HubEndpoint> endpoints(ServletContext context) {
        Stock stock = Warehouse.withThreeTeas();
        String key = Objects.requireNonNull(context.getInitParameter("staff-key"), "no init parameter staff-key");
        Hub customers = Hub.builder().install(new Shop(stock)).build();
        Hub staff = Hub.builder()
                .install(new Shop(stock))
                .authenticator(handshake -> handshake
                        .token()
                        .filter(key::equals)
                        .map(known -> Admission.asUser("staff"))
                        .orElse(Admission.refuse(401)))
                .build();
        return List.of(
                HubEndpoint.serving(customers).at("/ws"),
                HubEndpoint.serving(staff).at("/staff/ws"));
    }
}
// endregion
