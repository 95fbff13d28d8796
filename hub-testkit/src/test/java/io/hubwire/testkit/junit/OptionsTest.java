// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.HubBuilder;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static final Queue<String> IDS = new ConcurrentLinkedQueue<>();

    @Test
    void the_same_seed_gives_the_same_run() {
        IDS.clear();

        Runs.all(Seeds.class)
                .testEvents()
                .assertStatistics(counts -> counts.succeeded(5).failed(0));

        assertThat(IDS).hasSize(5);
        assertThat(IDS.stream().distinct()).hasSize(3);
    }

    @HubTest
    static class Seeds {
        @HubSetup
        final Rooms rooms = new Rooms();

        @RepeatedTest(2)
        void one(@As("ann") TestClient ann) {
            IDS.add(ann.id());
        }

        @RepeatedTest(2)
        @HubTest(seed = 2)
        void another(@As("ann") TestClient ann) {
            IDS.add(ann.id());
        }

        @Nested
        @HubTest(seed = 3)
        class Inner {
            @Test
            void yet_another(@As("ann") TestClient ann) {
                IDS.add(ann.id());
            }
        }
    }

    @Nested
    @HubTest(mode = Mode.BATON)
    class InBaton {
        @HubSetup
        void app(HubBuilder hub) {
            hub.install(new Rooms())
                    .on(
                            "wait",
                            String.class,
                            (client, text) -> client.send(Rooms.SAID, text)
                                    .written()
                                    .toCompletableFuture()
                                    .join());
        }

        @Test
        void a_handler_may_wait_for_its_hub(@As("ann") TestClient ann) {
            ann.request("wait", "hello").isOk();

            ann.expectPush(Rooms.SAID).hasData("\"hello\"");
        }
    }

    @Nested
    @HubTest(mode = Mode.REAL)
    class InReal {
        @HubSetup
        final Rooms rooms = new Rooms();

        @Test
        void a_real_hub_answers_and_its_clock_cannot_be_moved(TestHub hub, @As("ann") TestClient ann) {
            assertThat(ann.request(Rooms.GREET, "ann").data()).isEqualTo("hello ann");
            assertThatIllegalStateException().isThrownBy(() -> hub.advance(Duration.ofSeconds(1)));
        }
    }
}
