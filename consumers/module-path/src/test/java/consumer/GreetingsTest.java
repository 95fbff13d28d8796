// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import org.junit.jupiter.api.Test;

@HubTest
class GreetingsTest {
    @HubSetup
    final Greetings greetings = new Greetings();

    @Test
    void a_test_of_a_module_has_a_hub_and_a_client(@As("ann") TestClient ann) {
        Greetings.Greeting greeting = ann.request(Greetings.GREET, new Greetings.Name("ann")).data();

        assertEquals(new Greetings.Greeting("hello ann"), greeting);
        assertTrue(HubTest.class.getModule().isNamed(), "the module path");
    }
}
