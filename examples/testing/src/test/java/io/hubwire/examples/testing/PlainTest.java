// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.examples.testing.Chat.SAID;
import static io.hubwire.examples.testing.Chat.SAY;
import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.examples.testing.Chat.Said;
import io.hubwire.examples.testing.Chat.Say;
import io.hubwire.testkit.Leftovers;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void the_kit_works_without_its_extension() {
        // region plain
        try (TestHub hub = TestHub.of(new Chat(Map.of()))) {
            TestClient ann = hub.connect("ann");
            ann.join("room-1").isOk();

            ann.send(SAY, new Say("room-1", "hi"));

            ann.expectPush(SAID).hasData(new Said("ann", "hi"));
            hub.advance(Duration.ofDays(1));
            assertThat(ann).isConnected();
            hub.checkLeftovers(Leftovers.ERRORS);
        }
        // endregion
    }
}
