// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.JoinPolicy;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import org.junit.jupiter.api.Test;

// region baton
@HubTest(mode = Mode.BATON)
class WaitingHandlerTest {
    static final RequestType<String, Integer> ANNOUNCE = RequestType.of("announce", String.class, Integer.class);
    static final EventType<String> NEWS = EventType.of("news", String.class);

    @HubSetup
    void app(HubBuilder hub) {
        hub.install(StandardEvents.joinAndQuit(JoinPolicy.allow("room-1")))
                .onRequest(ANNOUNCE, WaitingHandlerTest::announce);
    }

    private static int announce(Client client, String text) throws Exception {
        var report = client.group("room-1").send(NEWS, text);
        return report.written().toCompletableFuture().get().written(); // waits until the hub has written it
    }

    @Test
    void a_handler_may_wait_for_what_it_sent(@As("ann") TestClient ann, @As("bob") TestClient bob) {
        ann.join("room-1").isOk();
        bob.join("room-1").isOk();

        int reached = ann.request(ANNOUNCE, "lunch is ready").data();

        assertThat(reached).isEqualTo(2);
        bob.expectPush(NEWS).hasData("\"lunch is ready\"");
    }
}
// endregion
