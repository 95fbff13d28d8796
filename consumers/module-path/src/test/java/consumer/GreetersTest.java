// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubwire.Hub;
import io.hubwire.client.HubClient;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.jakarta.HubInitializer;
import io.hubwire.testkit.TestHub;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class GreetersTest {
    @Test
    void a_test_without_a_network_answers() {
        try (TestHub hub = TestHub.of(new Greetings())) {
            Greetings.Greeting greeting = hub.connect("ann")
                    .request(Greetings.GREET, new Greetings.Name("ann"))
                    .data();

            assertEquals(new Greetings.Greeting("hello ann"), greeting);
        }
    }

    @Test
    void the_provider_of_a_module_is_found_and_its_hub_answers() throws Exception {
        Server jetty = new Server();
        ServerConnector connector = new ServerConnector(jetty);
        connector.setHost("127.0.0.1");
        jetty.addConnector(connector);
        ServletContextHandler application = new ServletContextHandler();
        JakartaWebSocketServletContainerInitializer.configure(application, null);
        application.addServletContainerInitializer(new HubInitializer());
        jetty.setHandler(application);
        jetty.start();
        try {
            String pong = Peer.ask(connector.getLocalPort(), "{\"event\":\"ping\"}");
            String greeting = Peer.ask(connector.getLocalPort(), "{\"event\":\"greet\",\"data\":{\"name\":\"ann\"}}");

            assertTrue(pong.contains("\"event\":\"ping\",\"code\":0"), pong);
            assertTrue(greeting.contains("{\"text\":\"hello ann\"}"), greeting);
            assertEquals(new Greetings.Greeting("hello bob"), askAsClient(connector.getLocalPort(), "bob"));
        } finally {
            jetty.stop();
        }
    }

    private static Greetings.Greeting askAsClient(int port, String name) throws Exception {
        try (HubClient client = HubClient.builder(URI.create("ws://127.0.0.1:" + port + "/ws"))
                .connect()) {
            return client.request(Greetings.GREET, new Greetings.Name(name))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void this_is_the_module_path() {
        for (Class<?> type : List.of(Hub.class, HubEndpoint.class, HubClient.class, TestHub.class, Greetings.class)) {
            assertTrue(type.getModule().isNamed(), type.getName());
        }
    }
}
