// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.EventType;
import io.hubwire.HeartbeatPolicy;
import io.hubwire.Hub;
import io.hubwire.Timers.Task;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What happens by itself when time passes; all of it soon, because time may be real. */
interface TimeScenarios extends Stage {
    EventType<Void> DONE = EventType.of("chat/done");

    @Test
    default void a_timer_of_the_application_sends_to_everybody() {
        try (TestHub hub = chat()) {
            TestClient ann = hub.connect("ann");
            Hub app = hub.hub();

            Task ticking =
                    app.timers().every(Duration.ofMillis(20), () -> app.all().send(Chat.NUMBER, 1));
            letPass(hub, Duration.ofMillis(60));
            ann.expectPush(Chat.NUMBER);
            ann.expectPush(Chat.NUMBER);
            ann.expectPush(Chat.NUMBER);
            ticking.cancel();
            app.timers().after(Duration.ofMillis(50), () -> app.all().send(DONE));
            letPass(hub, Duration.ofMillis(50));

            ann.skipTo(DONE).hasNoData();
            ann.expectNoPush();
        }
    }

    @Test
    default void a_healthy_client_answers_pings_by_itself() {
        HeartbeatPolicy often =
                HeartbeatPolicy.pingEvery(Duration.ofMillis(100)).answerWithin(Duration.ofSeconds(10));
        try (TestHub hub = chat(builder -> builder.heartbeat(often))) {
            TestClient ann = hub.connect("ann");

            letPass(hub, Duration.ofSeconds(20));
            hub.settleUntil(() -> ann.pings() >= 2);

            assertThat(ann).isConnected();
            catchUp(ann);
        }
    }

    @Test
    default void a_ping_by_an_event_is_seen_and_answered_by_the_client_s_code() {
        EventType<Void> areYouThere = EventType.of("chat/are-you-there");
        HeartbeatPolicy often = HeartbeatPolicy.applicationPing(areYouThere, Duration.ofMillis(100))
                .answerWithin(Duration.ofSeconds(5));
        try (TestHub hub = chat(builder -> builder.heartbeat(often))) {
            TestClient ann = hub.connect("ann");

            letPass(hub, Duration.ofMillis(250));
            ann.expectPush(areYouThere).hasNoData();
            ann.send(Chat.QUIET);

            catchUp(ann);
        }
    }

    @Test
    default void a_client_that_is_silent_for_too_long_is_ended() {
        HeartbeatPolicy impatient = HeartbeatPolicy.clientDriven(Duration.ofMillis(200));
        try (TestHub hub = chat(builder -> builder.heartbeat(impatient))) {
            TestClient ann = hub.connect("ann");

            letPass(hub, Duration.ofSeconds(1));

            ann.expectClosed(CloseReason.HEARTBEAT_TIMEOUT);
            assertThat(hub).endedSession(ann, CloseReason.HEARTBEAT_TIMEOUT);
        }
    }

    @Test
    default void a_session_ends_with_its_credentials() {
        CompletableFuture<Hub> running = new CompletableFuture<>();
        try (TestHub hub = chat(builder -> builder.authenticator(handshake ->
                Admission.asUser("ann").expiresAt(running.join().timers().now().plusMillis(200))))) {
            running.complete(hub.hub());
            TestClient ann = hub.connectAnonymous();

            letPass(hub, Duration.ofSeconds(1));

            ann.expectClosed(CloseReason.CREDENTIALS_EXPIRED);
        }
    }
}
