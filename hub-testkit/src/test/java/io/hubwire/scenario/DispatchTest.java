// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.HubBuilder;
import io.hubwire.Route;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where and in which order handlers run, and what becomes of their failures. */
class DispatchTest {
    private static final EventType<Void> SLOW = EventType.of("slow");
    private static final EventType<Void> NO_STAGE = EventType.of("no-stage");

    private final List<String> log = new ArrayList<>();
    private final CompletableFuture<Object> slow = new CompletableFuture<>();
    private final TestHub hub = TestHub.of(this::wire);
    private final TestClient ann = hub.connect("ann");

    private HubBuilder wire(HubBuilder hub) {
        return hub.onAsync(SLOW, (client, nothing) -> slow)
                .on("queued", client -> log.add("queued"))
                .on("short", client -> log.add("short"), Route::nonBlocking)
                .on("urgent", client -> log.add("urgent"), Route::outOfBand)
                .on("error", client -> {
                    throw new StackOverflowError("deep");
                })
                .onAsync(NO_STAGE, (client, nothing) -> null)
                .on("leave", client -> client.close(CloseReason.NORMAL))
                .on("poke-all", client -> {
                    client.hub().all().send("poked", "1");
                    log.add("sent");
                });
    }

    @AfterEach
    void close() {
        hub.close();
    }

    @Test
    void a_non_blocking_handler_keeps_its_client_s_order() {
        ann.send(SLOW);
        ann.send("queued");
        ann.send("short");
        assertThat(log).isEmpty();

        slow.complete("done");
        hub.settle();

        assertThat(log).containsExactly("queued", "short");
    }

    @Test
    void a_non_blocking_handler_runs_when_nothing_waits() {
        ann.request("short").isOk();

        assertThat(log).containsExactly("short");
    }

    @Test
    void what_is_out_of_band_overtakes() {
        ann.send(SLOW);
        ann.send("queued");
        ann.send("urgent");

        assertThat(log).containsExactly("urgent");
    }

    @Test
    void an_error_of_the_machine_fails_its_event_and_the_lane_goes_on() {
        ann.request("error").failedWith(ErrorCode.HANDLER_FAILED);

        ann.request("queued").isOk();
    }

    @Test
    void an_asynchronous_handler_that_returns_no_stage_fails() {
        ann.request(NO_STAGE.name()).failedWith(ErrorCode.HANDLER_FAILED);

        ann.request("queued").isOk();
    }

    @Test
    void a_handler_may_end_its_own_client() {
        ann.send("leave");

        assertThat(ann).isClosedWith(CloseReason.NORMAL);
        assertThat(hub).hasNoLeftovers();
    }

    @Test
    void a_repeated_id_runs_the_handler_again_in_the_classic_profile() {
        ann.sendRaw("{\"event\":\"queued\",\"id\":\"1\"}");
        ann.sendRaw("{\"event\":\"queued\",\"id\":\"1\"}");

        assertThat(log).hasSize(2);
        assertThat(ann).receivedEvents("queued", "queued");
    }

    @Test
    void a_send_within_a_handler_reaches_its_own_client_too() {
        TestClient bob = hub.connect("bob");

        ann.send("poke-all");

        assertThat(log).containsExactly("sent");
        assertThat(ann).receivedEvents("poked");
        assertThat(bob).receivedEvents("poked");
    }
}
