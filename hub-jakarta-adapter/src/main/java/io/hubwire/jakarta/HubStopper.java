// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;

/** Closes a hub when its web application ends, also if the application's start has failed. */
final class HubStopper implements ServletContextListener {
    private final Hub hub;

    private HubStopper(Hub hub) {
        this.hub = hub;
    }

    /** Adds a stopper where the container allows it; elsewhere {@link UpgradeServlet#destroy()} alone does the work. */
    static void listenTo(ServletContext context, Hub hub) {
        try {
            context.addListener(new HubStopper(hub));
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            // a listener may not add listeners of its own kind: only initializers may
            System.getLogger(HubStopper.class.getName())
                    .log(System.Logger.Level.DEBUG, "no context listener: the servlet's end closes the hub", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        hub.close();
    }
}
