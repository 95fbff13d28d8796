// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubwire.Hub;
import java.nio.file.Path;
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
    void this_is_the_class_path() {
        assertFalse(Hub.class.getModule().isNamed());
    }
}
