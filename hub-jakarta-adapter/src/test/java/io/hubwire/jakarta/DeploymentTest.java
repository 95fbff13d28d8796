// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.jakarta.container.EmbeddedTomcat;
import io.hubwire.jakarta.rawpeer.RawPeer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The life of a deployment, from the application's start to its end. */
class DeploymentTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    /** As a deployment descriptor would name it. */
    public static final class DeployingListener implements ServletContextListener {
        private static final AtomicReference<@Nullable AcceptorOnlyHub> HUB = new AtomicReference<>();

        @Override
        public void contextInitialized(ServletContextEvent event) {
            AcceptorOnlyHub given = HUB.getAndSet(null);
            HubEndpoint.serving(given.hub()).deployTo(event.getServletContext());
        }
    }

    @Test
    void the_hub_is_started_with_the_application_and_closed_with_it() {
        EmbeddedTomcat server = EmbeddedTomcat.setup()
                .deploy(context -> HubEndpoint.serving(hub.hub()).deployTo(context))
                .start();
        assertThat(hub.startCount()).isEqualTo(1);
        assertThat(hub.closeCount()).isZero();

        server.stopApplication();

        assertThat(hub.closeCount()).isPositive();
        server.close();
    }

    @Test
    void a_listener_of_the_application_may_deploy_too() throws Exception {
        DeployingListener.HUB.set(hub);
        EmbeddedTomcat server =
                EmbeddedTomcat.setup().listener(DeployingListener.class).start();
        try (RawPeer peer = server.peer().open()) {
            peer.sendText("hello");
            assertThat(hub.nextOpened().nextText()).isEqualTo("hello");
        }

        server.close();

        assertThat(hub.closeCount()).isPositive();
    }

    @Test
    void the_hub_is_closed_when_the_applications_start_fails() {
        EmbeddedTomcat.Setup failing = EmbeddedTomcat.setup()
                .deploy(context -> HubEndpoint.serving(hub.hub()).deployTo(context))
                .deploy(context -> {
                    throw new IllegalStateException("the application's own trouble");
                });

        assertThatIllegalStateException().isThrownBy(failing::start);

        assertThat(hub.startCount()).isEqualTo(1);
        assertThat(hub.closeCount()).isPositive();
    }

    @Test
    void a_deployment_says_what_and_where() {
        AtomicReference<@Nullable HubDeployment> deployed = new AtomicReference<>();
        EmbeddedTomcat.setup()
                .deploy(context -> deployed.set(
                        HubEndpoint.serving(hub.hub()).at("/ws/{room}").deployTo(context)))
                .start()
                .close();

        assertThat(deployed.get().path()).isEqualTo("/ws/{room}");
        assertThat(deployed.get().servlet().getMappings()).containsExactly("/ws/*");
        assertThat(deployed.get().hub().acceptor()).isSameAs(hub);
    }

    @Test
    void a_path_is_served_once() {
        EmbeddedTomcat.setup()
                .deploy(context -> {
                    HubEndpoint.serving(hub.hub()).deployTo(context);
                    assertThatIllegalStateException()
                            .isThrownBy(() -> HubEndpoint.serving(new AcceptorOnlyHub().hub())
                                    .deployTo(context))
                            .withMessageContaining("'/ws'");
                })
                .start()
                .close();
    }

    @Test
    void a_path_of_another_servlet_is_refused() {
        EmbeddedTomcat.setup()
                .deploy(context -> {
                    context.addServlet("mine", new HttpServlet() {}).addMapping("/ws");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> HubEndpoint.serving(hub.hub()).deployTo(context))
                            .withMessageContaining("endpoint.path '/ws'");
                })
                .start()
                .close();
        assertThat(hub.startCount()).isZero();
    }

    @Test
    void two_hubs_live_side_by_side() throws Exception {
        AcceptorOnlyHub other = new AcceptorOnlyHub();
        try (EmbeddedTomcat server = EmbeddedTomcat.setup()
                        .deploy(context ->
                                HubEndpoint.serving(hub.hub()).at("/one").deployTo(context))
                        .deploy(context ->
                                HubEndpoint.serving(other.hub()).at("/").deployTo(context))
                        .start();
                RawPeer one = server.peer().path("/one").open();
                RawPeer two = server.peer().path("/").open()) {
            one.sendText("to one");
            two.sendText("to the other");

            assertThat(hub.nextOpened().nextText()).isEqualTo("to one");
            assertThat(other.nextOpened().nextText()).isEqualTo("to the other");
        }
    }

    @Test
    void without_the_containers_websockets_nothing_is_upgraded() throws Exception {
        try (EmbeddedTomcat server = EmbeddedTomcat.setup()
                .withoutWebSockets()
                .deploy(context -> HubEndpoint.serving(hub.hub()).deployTo(context))
                .start()) {
            assertThat(server.peer().exchange().status()).isIn(404, 500, 503);
        }
    }
}
