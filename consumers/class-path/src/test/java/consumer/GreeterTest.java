// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubwire.Hub;
import io.hubwire.client.HubClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GreeterTest {
    @TempDir
    Path folder;

    @Test
    void a_ping_and_a_request_are_answered() throws Exception {
        try (Greeter greeter = new Greeter(folder)) {
            String pong = Peer.ask(greeter.port(), "{\"event\":\"ping\"}");
            String greeting = Peer.ask(greeter.port(), "{\"event\":\"greet\",\"data\":{\"name\":\"ann\"}}");

            assertTrue(pong.contains("\"event\":\"ping\",\"code\":0"), pong);
            assertTrue(greeting.contains("{\"text\":\"hello ann\"}"), greeting);
        }
    }

    @Test
    void a_client_on_the_container_of_the_server_is_answered() throws Exception {
        try (Greeter greeter = new Greeter(folder);
                HubClient client = HubClient.builder(URI.create("ws://127.0.0.1:" + greeter.port() + "/ws"))
                        .connect()) {
            Greeter.Greeting greeting = client.request(Greeter.GREET, new Greeter.Name("ann"))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            assertEquals(new Greeter.Greeting("hello ann"), greeting);
        }
    }

    @Test
    void this_is_the_class_path() {
        assertFalse(Hub.class.getModule().isNamed());
        assertFalse(HubClient.class.getModule().isNamed());
    }
}
