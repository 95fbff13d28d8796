// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.jetty;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.ContainerStarter;
import io.hubwire.containers.RunningContainer;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ListenerHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;

/** Starts Jetty 12.0. */
public final class JettyStarter implements ContainerStarter {
    @Override
    public String name() {
        return "Jetty";
    }

    @Override
    public String version() {
        return Server.getVersion();
    }

    @Override
    public Map<String, String> knownGaps() {
        return RunningJetty.KNOWN_GAPS;
    }

    @Override
    public RunningContainer start(ContainerSetup setup) {
        return RunningJetty.start(newApplication(setup), setup.threads(), setup.sendBuffer());
    }

    private static ServletContextHandler newApplication(ContainerSetup setup) {
        ServletContextHandler made =
                new ServletContextHandler(setup.contextPath().isEmpty() ? "/" : setup.contextPath());
        if (setup.hasWebSockets()) {
            JakartaWebSocketServletContainerInitializer.configure(made, null);
        }
        for (Consumer<ServletContext> initializer : setup.initializers()) {
            ServletContainerInitializer asTheContainerCallsIt = (classes, context) -> initializer.accept(context);
            made.addServletContainerInitializer(asTheContainerCallsIt);
        }
        for (String listener : setup.listeners()) {
            ListenerHolder named = new ListenerHolder();
            named.setClassName(listener);
            made.getServletHandler().addListener(named);
        }
        return made;
    }
}
