// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.Server;
import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.spi.HandshakeResult;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawPeer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Who comes first: the application's filters, the container's own WebSocket filter, or the hub. A container puts its
 * filter before or after the application's once the application maps an endpoint of its own.
 */
class FilterOrderTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    /** An endpoint of the application that has nothing to do with the hub. */
    public static final class Echo extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {
            session.addMessageHandler(String.class, (MessageHandler.Whole<String>) session.getAsyncRemote()::sendText);
        }
    }

    private ContainerSetup withEndpointOfItsOwn() {
        return withEndpointAt("/echo");
    }

    private ContainerSetup withEndpointAt(String template) {
        return Server.setup().initializer(context -> addEcho(context, template));
    }

    private static void addEcho(ServletContext context, String template) {
        context.addServlet("echo", new HttpServlet() {}).addMapping("/echo"); // else Tomcat runs no filters there
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        try {
            container.addEndpoint(
                    ServerEndpointConfig.Builder.create(Echo.class, template).build());
        } catch (DeploymentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addGuard(ServletContext context, boolean isAfterOthers) {
        Filter guard = (request, response, chain) -> ((HttpServletResponse) response).setStatus(418);
        FilterRegistration.Dynamic registration = context.addFilter("guard", guard);
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), isAfterOthers, "/ws");
    }

    private void refuse(int status) {
        hub.judging(handshake -> CompletableFuture.completedFuture(
                new HandshakeResult.Refused(status, Optional.of(Duration.ofSeconds(7)), "no")));
    }

    @Test
    void the_hub_refuses_with_plain_http_before_any_upgrade() throws Exception {
        try (Server server = withEndpointOfItsOwn().serve(hub.endpoint()).start()) {
            for (int status : new int[] {401, 403, 429, 503}) {
                refuse(status);

                HttpReply reply = server.peer().exchange();

                assertThat(reply.status()).isEqualTo(status);
                assertThat(reply.header("Retry-After")).contains("7");
                assertThat(reply.header("Upgrade")).isEmpty();
                assertThat(reply.body()).isEqualTo("no");
            }
        }
    }

    @Test
    void an_endpoint_of_the_application_and_the_hub_do_not_disturb_each_other() throws Exception {
        try (Server server = withEndpointOfItsOwn().serve(hub.endpoint()).start();
                RawPeer own = server.peer().path("/echo").open();
                RawPeer peer = server.peer().open()) {
            own.sendText("to the application");
            peer.sendText("to the hub");

            assertThat(own.receiveText()).isEqualTo("to the application");
            assertThat(hub.nextOpened().nextText()).isEqualTo("to the hub");
        }
    }

    @Test
    void an_endpoint_of_the_application_that_covers_the_hubs_path_takes_its_handshakes() throws Exception {
        try (Server server = withEndpointAt("/{any}").serve(hub.endpoint()).start();
                RawPeer peer = server.peer().open()) {
            peer.sendText("to the hub?");

            assertThat(peer.receiveText()).isEqualTo("to the hub?");
        }
    }

    @Test
    void a_filter_of_the_application_refuses_before_the_hub_is_asked_wherever_it_stands() throws Exception {
        AtomicBoolean isAsked = new AtomicBoolean();
        hub.judging(handshake -> {
            isAsked.set(true);
            return CompletableFuture.completedFuture(hub.newPlace());
        });
        for (boolean isAfterOthers : new boolean[] {true, false}) {
            try (Server server = withEndpointOfItsOwn()
                    .initializer(context -> addGuard(context, isAfterOthers))
                    .serve(hub.endpoint())
                    .start()) {
                HttpReply reply = server.peer().exchange();

                assertThat(reply.status()).isEqualTo(418);
                assertThat(reply.header("Upgrade")).isEmpty();
            }
        }
        assertThat(isAsked).isFalse();
    }
}
