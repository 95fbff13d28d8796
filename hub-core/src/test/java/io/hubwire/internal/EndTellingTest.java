// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Admission;
import io.hubwire.Hub;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.spi.HandshakeResult.Accepted;
import io.hubwire.spi.HubRuntime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Who is told of the end of a session that ends as soon as it can be found. */
class EndTellingTest {
    private final List<String> told = new ArrayList<>();

    @Test
    void the_end_is_told_of_a_session_that_ends_while_it_begins_where_nobody_waits_for_its_beginning() {
        Hub hub = Hub.builder()
                .runtime(new PromptRuntime())
                .authenticator(handshake -> Admission.asUser("ann"))
                .onDisconnect((client, reason) -> told.add(client.requireUser().id() + " " + reason.code()))
                .build();
        hub.start();
        Accepted place = Door.admitted(hub, BareHandshake.of("ann"));
        hub.revokeUser("ann"); // finds no session yet; so it ends as soon as it is found

        place.open(RecordingConnection.inline());

        assertThat(told).containsExactly("ann 4301");
    }

    /** Its threads are always quicker than the one that asks for them. */
    private static final class PromptRuntime implements HubRuntime {
        private final ManualRuntime runtime = new ManualRuntime();

        @Override
        public void execute(Work work, String strand, Runnable task) {
            task.run();
        }

        @Override
        public long nanoTime() {
            return runtime.nanoTime();
        }

        @Override
        public Instant now() {
            return runtime.now();
        }

        @Override
        public RandomGenerator random() {
            return runtime.random();
        }

        @Override
        public Cancellable schedule(String label, Duration delay, Runnable task) {
            return runtime.schedule(label, delay, task);
        }

        @Override
        public Interruptible current() {
            return runtime.current();
        }

        @Override
        public void clearInterrupt() {
            runtime.clearInterrupt();
        }

        @Override
        public void close() {
            runtime.close();
        }
    }
}
