// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tyrus and real sockets that are cut at random bytes, in both directions. */
@Tag("proof")
class RealSocketCutsTest {
    private static final EventType<Integer> NOTE = EventType.of("note", Integer.class);
    private static final RequestType<Integer, Integer> DOUBLE = RequestType.of("double", Integer.class, Integer.class);
    private static final RequestType<Integer, Integer> QUIZ = RequestType.of("quiz", Integer.class, Integer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NOTES = 3_000;

    private final ModelHub hub = new ModelHub();
    private final List<Integer> notes = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    @Test
    void nothing_is_lost_doubled_or_out_of_order() throws IOException {
        int cuts;
        int requests = 0;
        try (RawHubServer server = new RawHubServer(hub, untilCut());
                HubClient client = connect(server)) {
            await().atMost(PATIENCE).until(() -> client.state() == ConnectionState.OPEN);
            for (int i = 1; i <= NOTES; i++) {
                hub.push(i);
                if (i % 10 == 0) {
                    request(client, ++requests);
                    client.send("say", requests);
                }
                if (i % 50 == 0) {
                    hub.ask(i / 50);
                    paceOf(i);
                }
            }
            int expected = requests;
            await().atMost(PATIENCE).until(() -> notes.size() >= NOTES && answers.size() + failures.size() >= expected);
            await().atMost(PATIENCE).until(hub::isAllAcknowledged);
            cuts = server.cuts();
        }

        assertThat(notes).isEqualTo(IntStream.rangeClosed(1, NOTES).boxed().toList());
        assertThat(hub.faults()).isEmpty();
        assertThat(failures).isEmpty();
        assertThat(answers)
                .hasSize(requests)
                .allSatisfy((value, answer) -> assertThat(answer).isEqualTo(2 * value));
        assertThat(hub.handled()).doesNotHaveDuplicates();
        assertThat(hub.said()).isSorted().doesNotHaveDuplicates();
        assertThat(cuts).isGreaterThan(100);
    }

    /** The hello and its answer get through more often than not. */
    private static IntSupplier untilCut() {
        Random random = new Random(7);
        return () -> 100 + random.nextInt(6_000);
    }

    private HubClient connect(RawHubServer server) {
        return HubClient.builder(server.uri())
                .requestTimeout(PATIENCE)
                .queueAtMost(10_000, 1 << 24)
                .listen(it -> {
                    it.on(NOTE, notes::add);
                    it.answer(QUIZ, question -> question + 1);
                })
                .connect();
    }

    private void request(HubClient client, int value) {
        client.request(DOUBLE, value).whenComplete((answer, failure) -> {
            if (failure != null) {
                failures.add(value + ": " + failure);
            } else if (answers.put(value, answer) != null) {
                failures.add(value + " was answered twice");
            }
        });
    }

    /** The hub does not run away from its client. */
    private void paceOf(int pushed) {
        await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> notes.size() > pushed - 300);
    }
}
