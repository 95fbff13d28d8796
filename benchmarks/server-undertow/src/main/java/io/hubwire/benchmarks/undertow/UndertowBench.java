// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.undertow;

import io.hubwire.Hub;
import io.hubwire.benchmarks.BenchContainer;
import io.hubwire.jakarta.HubEndpoint;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import java.util.Set;
import org.xnio.Options;

/** Undertow as it comes, with room for the generator's connections. */
public final class UndertowBench implements BenchContainer {
    @Override
    public void serve(Hub hub, int port) throws Exception {
        DeploymentManager manager = Servlets.newContainer().addDeployment(application(hub));
        manager.deploy();
        Undertow.builder()
                .addHttpListener(port, "127.0.0.1", manager.start())
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .build()
                .start();
    }

    private static DeploymentInfo application(Hub hub) {
        ServletContainerInitializer deployment =
                (classes, servlets) -> HubEndpoint.serving(hub).at(PATH).deployTo(servlets);
        return Servlets.deployment()
                .setClassLoader(UndertowBench.class.getClassLoader())
                .setDeploymentName("bench")
                .setContextPath("/")
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, new WebSocketDeploymentInfo())
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        ServletContainerInitializer.class, new ImmediateInstanceFactory<>(deployment), Set.of()));
    }
}
