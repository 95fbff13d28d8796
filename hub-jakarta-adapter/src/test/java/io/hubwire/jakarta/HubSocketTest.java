// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.jakarta.OddSession.Sending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.ConnectionHandler;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HubSocketTest {
    private final List<String> story = new ArrayList<>();
    private final Session session = new OddSession(Sending.NEVER_COMPLETES).session();
    private final HubSocket socket = new HubSocket();

    @Test
    void the_peers_close_is_reported_before_the_failure_of_the_send_in_flight() {
        open(new Place());

        socket.onClose(session, new jakarta.websocket.CloseReason(CloseCodes.NORMAL_CLOSURE, ""));

        assertThat(story).containsExactly("closed 1000", "send failed");
    }

    @Test
    void a_close_while_the_hub_opens_the_socket_is_reported_once_the_hub_has_opened_it() {
        open(new Place() {
            @Override
            public ConnectionHandler open(Connection connection) {
                ConnectionHandler handler = super.open(connection);
                socket.onClose(session, new jakarta.websocket.CloseReason(CloseCodes.GOING_AWAY, ""));
                story.add("opened");
                return handler;
            }
        });

        assertThat(story).containsExactly("opened", "closed 1001", "send failed");
    }

    private void open(Place place) {
        ServerEndpointConfig config = ServerEndpointConfig.Builder.create(HubSocket.class, "/ws")
                .configurator(new AcceptedConfigurator(place))
                .build();
        new SocketTicket(place).putInto(config);
        socket.onOpen(session, config);
    }

    /** A hub that sends as soon as the socket is open. */
    private class Place implements HandshakeResult.Accepted, ConnectionHandler {
        @Override
        public ConnectionHandler open(Connection connection) {
            connection.send(Frame.of("welcome"), failure -> story.add("send failed"));
            return this;
        }

        @Override
        public void release() {
            story.add("released");
        }

        @Override
        public void onText(String part, boolean last) {
            story.add(part);
        }

        @Override
        public void onPong() {
            story.add("pong");
        }

        @Override
        public void onViolation(CloseReason reason) {
            story.add("violation " + reason.code());
        }

        @Override
        public void onClosed(CloseReason reason) {
            story.add("closed " + reason.code());
        }
    }
}
