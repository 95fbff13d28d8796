// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.Seeds;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The log against a client that keeps to the protocol, over connections that lose what was on the way: what the client applies is
 * what was sent, in order and once, or it is told of every hole.
 */
class SessionLogModelTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int RUNS = Integer.getInteger("runs", 400);
    private static final int STEPS = 150;

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void nothing_is_lost_without_a_word_doubled_or_reordered(Overflow overflow) {
        int[] claims = new int[2];
        Seeds.each(RUNS, seed -> {
            Run run = new Run(seed, overflow);
            run.play();
            claims[0] += run.resumed;
            claims[1] += run.refused;
        });
        assertThat(claims[0]).as("resumed").isGreaterThan(RUNS);
        assertThat(claims[1]).as("refused").isGreaterThan(RUNS / 10);
    }

    private static final class Run {
        private final Random random;
        private final SessionStage stage;
        private final ResumePolicy window;
        private SessionLog log;
        private final Overflow overflow;

        /** What is on its way to the client, and what the client has. */
        private final Deque<Outgoing> wire = new ArrayDeque<>();

        private final List<Integer> applied = new ArrayList<>();
        private final Map<Long, Integer> numberOf = new TreeMap<>();
        private final Map<String, Integer> newestApplied = new HashMap<>();
        private final Map<String, Integer> newestSent = new HashMap<>();
        private final List<Counting> receipts = new ArrayList<>();
        private long last;
        private long number;
        private boolean isAttached = true;
        private int sent;
        private @Nullable Outgoing inFlight;
        private int resumed;
        private int refused;

        Run(int seed, Overflow overflow) {
            this.random = new Random(seed);
            this.overflow = overflow;
            this.stage = SessionStage.of(
                    new ManualRuntime(),
                    OutboxPolicy.atMost(2 + random.nextInt(6), 1 << 20).onOverflow(overflow));
            this.window = ResumePolicy.defaults().atMost(4 + random.nextInt(12), 1 << 10);
            this.log = new SessionLog(stage.context(), window);
        }

        void play() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            complete();
            comeBack();
            for (Outgoing frame = log.poll(); frame != null; frame = log.poll()) {
                wire.add(frame);
                frame.receipt().onWritten();
            }
            receiveAll();
            assertThat(applied).containsExactlyElementsOf(numberOf.values());
            newestSent.forEach((key, value) -> assertThat(newestApplied).containsEntry(key, value));
            log.clear().forEach(message -> message.receipt().onLost());
            assertThat(receipts).filteredOn(receipt -> receipt.told != 1).isEmpty();
            assertThat(stage.context().outboxBudget().used()).isZero();
            assertThat(stage.context().resumeBudget().used()).isZero();
        }

        private void step() throws Exception {
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4, 5 -> offer(Delivery.COUNTED, null);
                case 6 -> offer(Delivery.EPHEMERAL, null);
                case 7, 8 -> offer(Delivery.LATEST, "key-" + random.nextInt(2));
                case 9, 10, 11, 12 -> write();
                case 13, 14, 15, 16, 17 -> receiveOne();
                case 18, 19 -> acknowledge();
                case 20 -> cut();
                default -> comeBackIfCut();
            }
        }

        private void offer(Delivery delivery, String key) {
            int value = ++sent;
            Counting receipt = new Counting(value, delivery);
            String text = "{\"event\":\"" + (key == null ? "e" : key) + "\",\"data\":" + value
                    + (delivery == Delivery.COUNTED ? "" : ",\"volatile\":true") + "}";
            Outgoing message = new Outgoing("e", Frame.of(text), delivery, key, receipt);
            List<Outgoing> evicted = new ArrayList<>();
            Refusal refusal = log.offer(message, evicted);
            evicted.forEach(gone -> gone.receipt().onLost());
            if (refusal == Refusal.OVERFLOW && overflow == Overflow.DISCONNECT && isAttached) {
                cut();
                evicted.clear();
                refusal = log.offer(message, evicted);
                evicted.forEach(gone -> gone.receipt().onLost());
            }
            boolean isNumbered = delivery == Delivery.COUNTED && (refusal == null || overflow != Overflow.DISCONNECT);
            if (refusal == null) {
                receipts.add(receipt);
            }
            if (isNumbered) {
                numberOf.put(++number, value);
            }
            if (refusal == null && key != null) {
                newestSent.put(key, value);
            }
        }

        private void write() {
            complete();
            inFlight = isAttached ? log.poll() : null;
            if (inFlight != null) {
                wire.add(inFlight);
            }
            if (random.nextBoolean()) {
                complete();
            }
        }

        private void complete() {
            if (inFlight != null) {
                inFlight.receipt().onWritten();
                inFlight = null;
            }
        }

        private void receiveOne() throws Exception {
            if (!wire.isEmpty()) {
                receive(JSON.readTree(wire.poll().frame().text()));
            }
        }

        private void receiveAll() throws Exception {
            while (!wire.isEmpty()) {
                receiveOne();
            }
        }

        private void receive(JsonNode frame) {
            if (!frame.isArray()) {
                apply(frame, 0);
                return;
            }
            long next = frame.get(0).isNumber() ? frame.get(0).asLong() : 0;
            for (JsonNode message : frame) {
                if (message.isObject()) {
                    apply(message, message.has("volatile") ? 0 : next++);
                }
            }
        }

        private void apply(JsonNode message, long at) {
            if (message.get("event").asText().equals("hub/gap")) {
                long from = message.get("data").get("from").asLong();
                long to = message.get("data").get("to").asLong();
                last = Math.max(last, to);
                for (long gone = from; gone <= to; gone++) {
                    numberOf.remove(gone); // the client was told
                }
                applied.retainAll(numberOf.values());
            } else if (at > last) {
                assertThat(at).as("no hole").isEqualTo(last + 1);
                last = at;
                applied.add(message.get("data").asInt());
            } else if (at == 0 && message.get("event").asText().startsWith("key")) {
                newestApplied.merge(
                        message.get("event").asText(), message.get("data").asInt(), Math::max);
            }
        }

        private void acknowledge() {
            if (isAttached) {
                List<Outgoing> received = new ArrayList<>();
                assertThat(log.acknowledge(last, received)).isTrue();
                received.forEach(message -> message.receipt().onWritten());
            }
        }

        /** What is on the way is lost, from somewhere on. */
        private void cut() {
            if (isAttached) {
                wire.clear();
                if (inFlight != null) {
                    inFlight.receipt().onLost();
                    inFlight = null;
                }
                log.detach().forEach(stale -> stale.receipt().onLost());
                isAttached = false;
            }
        }

        private void comeBackIfCut() {
            if (!isAttached) {
                comeBack();
            }
        }

        /** The client is told that its session is gone, and fetches its state anew. */
        private void startAnew() {
            log.clear().forEach(message -> message.receipt().onLost());
            log = new SessionLog(stage.context(), window);
            last = 0;
            number = 0;
            numberOf.clear();
            applied.clear();
            newestSent.clear();
            newestApplied.clear();
        }

        private void comeBack() {
            cut();
            if (log.canResumeFrom(last)) {
                log.resumeFrom(last).forEach(message -> message.receipt().onWritten());
                resumed++;
            } else {
                startAnew();
                refused++;
            }
            isAttached = true;
        }
    }

    private static final class Counting implements Outgoing.Receipt {
        private final int value;
        private final Delivery delivery;
        private int told;

        Counting(int value, Delivery delivery) {
            this.value = value;
            this.delivery = delivery;
        }

        @Override
        public String toString() {
            return delivery + " " + value + " told " + told + " times";
        }

        @Override
        public void onWritten() {
            told++;
        }

        @Override
        public void onLost() {
            told++;
        }
    }
}
