// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.scenario;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.JoinPolicy;
import io.hubwire.OutboxPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.SendCompletion;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random runs against a model: whatever clients do, what each receives is a beginning of what was sent to it, without a
 * hole, and the whole of it for those who are well at the end; and nothing is left over.
 */
class RandomRunsTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);
    private static final int RUNS_PER_SEED = 20;
    private static final int STEPS = 80;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothing_is_lost_doubled_or_reordered_before_the_end_of_a_session(long seed) {
        for (int i = 0; i < RUNS_PER_SEED; i++) {
            try (TestHub hub = TestHub.of(builder -> builder.install(
                            StandardEvents.ping(),
                            StandardEvents.kick(),
                            StandardEvents.joinAndQuit(JoinPolicy.allow("*")))
                    .outbox(OutboxPolicy.atMost(8, 1 << 20)))) {
                new Run(hub.sendCompletion(SendCompletion.MIXED), new Random(seed * 1_000 + i)).play();
            }
        }
    }

    private static final class Run {
        private final TestHub hub;
        private final Random random;
        private final List<TestClient> open = new ArrayList<>();
        private final Set<TestClient> unwell = new HashSet<>();
        private final Map<TestClient, List<Integer>> expected = new HashMap<>();
        private int news;

        Run(TestHub hub, Random random) {
            this.hub = hub;
            this.random = random;
        }

        void play() {
            for (int step = 0; step < STEPS; step++) {
                act();
                expected.forEach(this::assertIsBeginning);
            }
            heal();
            leaveAll();
        }

        private void act() {
            open.removeIf(client -> !client.isConnected());
            if (open.size() < 2) {
                connect();
                return;
            }
            TestClient client = open.get(random.nextInt(open.size()));
            switch (random.nextInt(16)) {
                case 0, 1 -> connect();
                case 2 -> join(client);
                case 3 -> quit(client);
                case 4 -> stopReading(client);
                case 5 -> resumeReading(client);
                case 6 -> client.drop();
                case 7 -> client.close();
                case 8 -> vanish(client);
                case 9 -> client.session().kick(CloseReason.KICKED);
                case 10 -> hub.advance(Duration.ofMillis(random.nextInt(3_000)));
                case 11 -> hub.settle();
                default -> broadcast();
            }
        }

        private void connect() {
            TestClient client = hub.client()
                    .user("user-" + random.nextInt(3))
                    .socketBuffer(1 + random.nextInt(200))
                    .connect();
            open.add(client);
            expected.put(client, new ArrayList<>());
            join(client);
        }

        private void join(TestClient client) {
            if (!unwell.contains(client)) {
                client.join("room");
            }
        }

        private void quit(TestClient client) {
            if (!unwell.contains(client)) {
                client.quit("room");
            }
        }

        private void stopReading(TestClient client) {
            unwell.add(client);
            client.stopReading();
        }

        private void resumeReading(TestClient client) {
            if (!client.transcript().contains("vanished")) {
                client.resumeReading();
                unwell.remove(client);
            }
        }

        private void vanish(TestClient client) {
            unwell.add(client);
            client.vanish();
        }

        private void broadcast() {
            Set<Client> members = new HashSet<>(hub.hub().group("room").clients());
            int number = ++news;
            hub.hub().group("room").send(NEWS, number);
            expected.forEach((client, numbers) -> {
                if (members.contains(client.session())) {
                    numbers.add(number);
                }
            });
            if (random.nextBoolean()) {
                hub.settle();
            }
        }

        private void heal() {
            open.removeIf(client -> !client.isConnected());
            open.forEach(this::resumeReading);
            hub.settle();
            open.stream()
                    .filter(client -> client.isConnected() && !unwell.contains(client))
                    .forEach(client -> assertThat(client.received(NEWS)).isEqualTo(expected.get(client)));
        }

        private void leaveAll() {
            open.stream().filter(TestClient::isConnected).forEach(TestClient::drop);
            hub.advance(Duration.ofMinutes(1));
            assertThat(hub).hasNoLeftovers().hasGroup("room");
            assertThat(hub.time().pendingTimers()).isEmpty();
        }

        private void assertIsBeginning(TestClient client, List<Integer> sent) {
            List<Integer> received = client.received(NEWS);
            assertThat(received)
                    .as(() -> client.transcript())
                    .isEqualTo(sent.subList(0, Math.min(sent.size(), received.size())));
        }
    }
}
