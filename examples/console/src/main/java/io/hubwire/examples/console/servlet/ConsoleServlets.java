// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.servlet;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.hub.ConsoleHub;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContainerInitializer;

/** The console as a servlet container sees it. */
public final class ConsoleServlets {
    private ConsoleServlets() {}

    /** Adds the hub, and one servlet for all other calls; to be run after the container's initializer for WebSockets. */
    public static ServletContainerInitializer of(Hub hub, HttpRoutes routes) {
        return (classes, context) -> {
            HubEndpoint.serving(hub)
                    .at(ConsoleHub.PATH)
                    .tokenFromQuery(ConsoleHub.TOKEN_PARAMETER)
                    .deployTo(context);
            context.addServlet("console", new CallServlet(routes)).addMapping("/");
        };
    }
}
