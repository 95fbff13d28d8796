// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.Set;

/** Puts a hub into a web application. Apart from {@link HubEndpoint}, which is also used where there are no servlets. */
final class ServletDeployment {
    private ServletDeployment() {}

    static HubDeployment deploy(HandshakeGate gate, ServletContext context) {
        PathTemplate path = gate.path();
        ServletRegistration.Dynamic servlet = context.addServlet("hubwire " + path, new UpgradeServlet(gate));
        if (servlet == null) {
            throw new IllegalStateException("a hub is already deployed at '" + path + "' in this application");
        }
        Set<String> taken = servlet.addMapping(path.servletPattern());
        if (!taken.isEmpty()) {
            throw new IllegalStateException("endpoint.path '" + path + "' belongs to another servlet already");
        }
        servlet.setAsyncSupported(true);
        servlet.setLoadOnStartup(1);
        HubStopper.listenTo(context, gate.hub());
        JettyLife.follow(context, gate.hub());
        gate.hub().start();
        return new HubDeployment(gate.hub(), path.toString(), servlet);
    }
}
