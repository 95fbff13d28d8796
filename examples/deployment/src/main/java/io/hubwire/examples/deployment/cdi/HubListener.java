// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.cdi;

import io.hubwire.Hub;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

// region listener
/** Deploys the bean. It asks for it: not every servlet container injects into listeners. */
@WebListener
public final class HubListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
        Hub hub = CDI.current().select(Hub.class).get();
        HubEndpoint.serving(hub).at("/ws").deployTo(event.getServletContext());
    }
}
// endregion
