// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.client.internal.JakartaSockets;
import io.hubwire.containers.Server;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import org.junit.jupiter.api.Test;

/** Undertow offers an application its own server's container for clients too. */
class ClientContainerTest {
    private static final class Silent extends Endpoint {
        @Override
        public void onOpen(Session session, EndpointConfig config) {}
    }

    @Test
    void clients_go_on_when_the_application_has_stopped_in_which_the_first_was_made() throws Exception {
        WebSocketContainer own;
        try (Server ignored = Server.of(Hub.builder().build())) {
            own = JakartaSockets.findContainer();
        }

        try (Server second = Server.of(Hub.builder().build());
                Session session = own.connectToServer(
                        new Silent(), ClientEndpointConfig.Builder.create().build(), second.uri("/ws"))) {
            assertThat(session.isOpen()).isTrue();
        }
    }
}
