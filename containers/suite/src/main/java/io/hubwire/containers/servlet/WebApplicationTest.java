// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.containers.ContainerSetup;
import io.hubwire.containers.Server;
import io.hubwire.containers.adapter.AcceptorOnlyHub;
import io.hubwire.containers.adapter.KeptPlace;
import io.hubwire.jakarta.HubDeployment;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawPeer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a web application and its descriptor have to do with a deployment. */
class WebApplicationTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    /** As a deployment descriptor would name it. */
    public static final class DeployingListener implements ServletContextListener {
        private static final AtomicReference<@Nullable AcceptorOnlyHub> HUB = new AtomicReference<>();

        @Override
        public void contextInitialized(ServletContextEvent event) {
            AcceptorOnlyHub given = HUB.getAndSet(null);
            given.endpoint().deployTo(event.getServletContext());
        }
    }

    @Test
    void a_listener_of_the_application_may_deploy_too() throws Exception {
        DeployingListener.HUB.set(hub);
        Server server = Server.setup().listener(DeployingListener.class).start();
        try (RawPeer peer = server.peer().open()) {
            peer.sendText("hello");
            assertThat(hub.nextOpened().nextText()).isEqualTo("hello");
        }

        server.close();

        assertThat(hub.closeCount()).isPositive();
    }

    @Test
    void the_hub_is_closed_when_the_applications_start_fails() {
        ContainerSetup failing = Server.setup().serve(hub.endpoint()).initializer(context -> {
            throw new IllegalStateException("the application's own trouble");
        });

        assertThatIllegalStateException().isThrownBy(failing::start);

        assertThat(hub.startCount()).isEqualTo(1);
        assertThat(hub.closeCount()).isPositive();
    }

    @Test
    void a_deployment_says_what_and_where() {
        AtomicReference<@Nullable HubDeployment> deployed = new AtomicReference<>();
        Server.setup()
                .initializer(
                        context -> deployed.set(hub.endpoint().at("/ws/{room}").deployTo(context)))
                .start()
                .close();

        assertThat(deployed.get().path()).isEqualTo("/ws/{room}");
        assertThat(deployed.get().servlet().getMappings()).containsExactly("/ws/*");
        assertThat(deployed.get().hub().acceptor()).isSameAs(hub);
    }

    @Test
    void a_path_is_served_once() {
        Server.setup()
                .initializer(context -> {
                    hub.endpoint().deployTo(context);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> new AcceptorOnlyHub().endpoint().deployTo(context))
                            .withMessageContaining("'/ws'");
                })
                .start()
                .close();
    }

    @Test
    void a_path_of_another_servlet_is_refused() {
        Server.setup()
                .initializer(context -> {
                    context.addServlet("mine", new HttpServlet() {}).addMapping("/ws");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> hub.endpoint().deployTo(context))
                            .withMessageContaining("endpoint.path '/ws'");
                })
                .start()
                .close();
        assertThat(hub.startCount()).isZero();
    }

    @Test
    void a_place_is_given_back_once_when_the_container_fails_to_upgrade() throws Exception {
        ServerContainer failing = (ServerContainer) Proxy.newProxyInstance(
                ServerContainer.class.getClassLoader(),
                new Class<?>[] {ServerContainer.class},
                (self, method, given) -> {
                    throw new DeploymentException("not today");
                });
        KeptPlace place = hub.newPlace();
        hub.judging(handshake -> CompletableFuture.completedFuture(place));
        try (Server server = Server.setup()
                .serve(hub.endpoint())
                .initializer(context -> beforeOtherServlets(context, ServerContainer.class.getName(), failing))
                .start()) {
            HttpReply reply = server.peer().exchange();

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.header("Upgrade")).isEmpty();
            assertThat(reply.body()).isEqualTo("upgrade failed");
            assertThat(place.releaseCount()).isEqualTo(1);
            assertThat(place.openCount()).isZero();
        }
    }

    /** Sets an attribute after the container has set its own, and before it is read. */
    private static void beforeOtherServlets(ServletContext context, String attribute, Object value) {
        HttpServlet first = new HttpServlet() {
            @Override
            public void init() {
                context.setAttribute(attribute, value);
            }
        };
        context.addServlet("first", first).setLoadOnStartup(0);
    }

    @Test
    void without_the_containers_websockets_nothing_is_upgraded() throws Exception {
        try (Server server =
                Server.setup().withoutWebSockets().serve(hub.endpoint()).start()) {
            assertThat(server.peer().exchange().status()).isIn(404, 500, 503);
        }
    }
}
