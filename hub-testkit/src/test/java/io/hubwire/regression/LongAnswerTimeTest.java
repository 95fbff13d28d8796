// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.regression;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import io.hubwire.HeartbeatPolicy;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.api.Test;

/** The time to answer a ping was longer than the interval, and the next ping waited for it though the answer had come. */
class LongAnswerTimeTest {
    @Test
    void a_silent_client_is_found_within_interval_and_timeout_whichever_is_longer() {
        HeartbeatPolicy policy = HeartbeatPolicy.pingEvery(ofSeconds(5)).answerWithin(ofSeconds(10));
        try (TestHub hub = TestHub.of(builder -> builder.heartbeat(policy))) {
            TestClient ann = hub.connect("ann");
            hub.advance(ofMillis(25_974));

            ann.vanish();

            hub.advance(ofSeconds(16));
            assertThat(hub).hasClients(0).endedSession(ann, 4201);
        }
    }

    @Test
    void it_is_found_in_time_though_it_has_said_something_long_after_a_ping_that_it_ignored() {
        HeartbeatPolicy policy = HeartbeatPolicy.pingEvery(ofSeconds(1)).answerWithin(ofSeconds(10));
        try (TestHub hub = TestHub.of(builder -> builder.heartbeat(policy))) {
            TestClient ann = hub.connect("ann");
            ann.ignorePings();
            hub.advance(ofMillis(2_966));

            ann.sendRaw("{}");

            hub.advance(ofSeconds(12));
            assertThat(hub).hasClients(0).endedSession(ann, 4201);
        }
    }
}
