// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.listener;

import io.hubwire.Hub;
import io.hubwire.examples.deployment.Shop;
import io.hubwire.examples.deployment.Warehouse;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

// region listener
/** Deploys the hub when the application starts; it is closed when the application stops. */
@WebListener
public final class ShopListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        Hub hub = Hub.builder().install(new Shop(Warehouse.withThreeTeas())).build();
        HubEndpoint.serving(hub).at("/ws").deployTo(event.getServletContext());
    }
}
// endregion
