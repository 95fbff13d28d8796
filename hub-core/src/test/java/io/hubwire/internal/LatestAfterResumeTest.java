// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hubwire.EventType;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.internal.testing.Lobby;
import io.hubwire.internal.testing.ResumingPeer;
import io.hubwire.internal.testing.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages of which only the latest counts, among messages that all count, over connections that come and go: the newest of each key
 * arrives, nothing that was sent after it arrives before it, none is followed by an older one, and a resume repeats it unless the client
 * has something newer that counts.
 */
class LatestAfterResumeTest {
    private static final int RUNS = Integer.getInteger("runs", 300);
    private static final int STEPS = 60;

    record Price(String lot, int number) {}

    private static final EventType<Price> PRICE =
            EventType.of("price", Price.class).latestBy(Price::lot);
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void the_newest_of_each_key_arrives_in_its_place(Overflow overflow) {
        AtomicInteger repeated = new AtomicInteger();
        Seeds.each(RUNS, seed -> {
            Run run = new Run(seed, overflow);
            run.play();
            repeated.addAndGet(run.repeated);
        });
        assertThat(repeated).hasValueGreaterThan(RUNS);
    }

    private static final class Run {
        /** What was sent last with a key, and behind how many that count. */
        private record Newest(int number, long behind) {}

        private final Random random;
        private final Lobby lobby;
        private final ResumingPeer ann;
        private final Map<String, Newest> newest = new HashMap<>();
        private final List<Integer> counted = new ArrayList<>();
        private int number;
        private int repeated;

        Run(int seed, Overflow overflow) {
            random = new Random(seed);
            lobby = Lobby.with(hub -> hub.outbox(OutboxPolicy.defaults().onOverflow(overflow)));
            ann = ResumingPeer.to(lobby.hub(), lobby.runtime(), "ann").hello();
        }

        void play() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            lobby.settle();
            ann.read();
            requireOrder();
            newest.forEach((lot, latest) -> assertThat(numbersOf(lot, 0)).last().isEqualTo(latest.number()));
            assertThat(ann.received())
                    .isEqualTo(counted.stream().map(String::valueOf).toList());
        }

        private void step() {
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> price("lot-" + random.nextInt(3));
                case 4, 5 -> news();
                case 6 -> ann.read();
                case 7 -> ann.send("{\"event\":\"hub/ack\",\"data\":{\"seq\":" + ann.last() + "}}");
                case 8 -> claim();
                default -> {
                    ann.drop();
                    price("lot-" + random.nextInt(3));
                    news();
                    claim();
                }
            }
        }

        private void price(String lot) {
            newest.put(lot, new Newest(++number, counted.size()));
            lobby.hub().all().send(PRICE, new Price(lot, number));
            lobby.settle();
        }

        private void news() {
            counted.add(++number);
            lobby.hub().all().send(NEWS, number);
            lobby.settle();
        }

        private void claim() {
            int before = ann.heard().size();
            long last = ann.last();
            Map<String, Boolean> isToCome = new HashMap<>();
            newest.forEach((lot, latest) -> isToCome.put(
                    lot, latest.behind() >= last || !numbersOf(lot, 0).contains(latest.number())));

            ann.dialAgain().claim();

            assertThat(ann.hello(ann.hellos() - 1).get("resumed").asBoolean()).isTrue();
            isToCome.forEach((lot, comes) -> {
                assertThat(numbersOf(lot, before).contains(newest.get(lot).number()))
                        .as("whether the newest of " + lot + " comes now")
                        .isEqualTo(comes);
                repeated += comes ? 1 : 0;
            });
            requireOrder();
        }

        private void requireOrder() {
            Map<String, Integer> latest = new HashMap<>();
            for (JsonNode message : ann.heard()) {
                JsonNode data = message.get("data");
                if (data.isObject()) {
                    int last = data.get("number").asInt();
                    Integer older = latest.put(data.get("lot").asText(), last);
                    assertThat(older == null || older <= last)
                            .as("no older one")
                            .isTrue();
                } else {
                    newest.forEach((lot, expected) -> {
                        boolean mustHaveCome = expected.number() < data.asInt();
                        assertThat(mustHaveCome && latest.getOrDefault(lot, 0) != expected.number())
                                .as(data + " overtakes the newest of " + lot)
                                .isFalse();
                    });
                }
            }
        }

        private List<Integer> numbersOf(String lot, int from) {
            return ann.heard().stream()
                    .skip(from)
                    .map(message -> message.get("data"))
                    .filter(data -> data.isObject() && data.get("lot").asText().equals(lot))
                    .map(data -> data.get("number").asInt())
                    .toList();
        }
    }
}
