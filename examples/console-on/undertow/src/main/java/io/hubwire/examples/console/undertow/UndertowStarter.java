// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.undertow;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.server.ServerStarter;
import io.hubwire.examples.console.servlet.ConsoleServlets;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.Version;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.util.StatusCodes;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletException;
import java.net.InetSocketAddress;
import java.util.Set;

/** Starts Undertow. */
public final class UndertowStarter implements ServerStarter {
    private static final int BUFFER_BYTES = 16 << 10;
    private static final int MAX_HEADER_BYTES = 8 << 10; // as others; here the default is 1 MiB
    private static final int MAX_HEADER_MILLIS = 20_000; // likewise; here the default is for ever

    @Override
    public String container() {
        return "Undertow " + Version.getVersionString();
    }

    @Override
    public Listening start(Hub hub, HttpRoutes routes, int port) throws Exception {
        DeploymentManager application =
                Servlets.newContainer().addDeployment(deployment(ConsoleServlets.of(hub, routes)));
        application.deploy();
        Undertow undertow = Undertow.builder()
                .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADER_BYTES)
                .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, MAX_HEADER_MILLIS)
                .addHttpListener(port, "127.0.0.1", refuseLongBodies(application.start()))
                .build();
        try {
            undertow.start();
        } catch (RuntimeException e) {
            end(undertow, application);
            throw e;
        }
        return new Listening(port(undertow), () -> end(undertow, application));
    }

    private static DeploymentInfo deployment(ServletContainerInitializer console) {
        WebSocketDeploymentInfo sockets =
                new WebSocketDeploymentInfo().setBuffers(new DefaultByteBufferPool(true, BUFFER_BYTES));
        return Servlets.deployment()
                .setClassLoader(UndertowStarter.class.getClassLoader())
                .setDeploymentName("console")
                .setContextPath("/")
                .setServletStackTraces(ServletStackTraces.NONE)
                .addServletContextAttribute(WebSocketDeploymentInfo.ATTRIBUTE_NAME, sockets)
                .addServletContainerInitializer(new ServletContainerInitializerInfo(
                        console.getClass(), new ImmediateInstanceFactory<>(console), Set.of()));
    }

    /** Before the servlets do, which answer with 500. */
    private static HttpHandler refuseLongBodies(HttpHandler servlets) {
        return exchange -> {
            if (exchange.getRequestContentLength() > HttpCall.MAX_BODY_BYTES) {
                exchange.setStatusCode(StatusCodes.REQUEST_ENTITY_TOO_LARGE).endExchange();
            } else {
                servlets.handleRequest(exchange);
            }
        };
    }

    private static int port(Undertow undertow) {
        return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    }

    private static void end(Undertow undertow, DeploymentManager application) throws ServletException {
        undertow.stop();
        application.stop();
        application.undeploy();
    }
}
