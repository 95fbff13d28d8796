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
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.RecordingConnection;
import io.hubwire.internal.testing.Seeds;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.Frame;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The numbers of a client that drops messages, over connections that are cut or taken over at any moment: each message has one number
 * for ever, and what is told to be gone was never written.
 *
 * <p>{@code -Druns=100000} is the full count.
 */
class OutboxHistoryTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int RUNS = Integer.getInteger("runs", 400);
    private static final int STEPS = 120;

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_NEWEST"})
    void every_message_has_one_number_and_is_applied_once_or_told_to_be_gone(Overflow overflow) {
        int[] count = new int[4];
        Seeds.each(RUNS, seed -> {
            Run run = new Run(seed, overflow);
            run.play();
            count[0] += run.resumes;
            count[1] += run.refusals;
            count[2] += run.returnsIntoGap;
            count[3] += run.gone.size();
        });
        assertThat(count[0]).as("resumed").isGreaterThan(RUNS);
        assertThat(count[1]).as("refused").isGreaterThan(RUNS / 10);
        assertThat(count[2]).as("claims from within a gap").isGreaterThan(RUNS / 10);
        assertThat(count[3]).as("told to be gone").isGreaterThan(RUNS);
    }

    /** One hub, and one client of it with all its sessions. */
    private static final class Run {
        private final Random random;
        private final ManualRuntime runtime = new ManualRuntime();
        private final SessionStage stage;
        private final ResumePolicy window;
        private ClientSession session;
        private RecordingConnection connection = RecordingConnection.deferred();
        private boolean isConnected = true;

        /** How many frames of the connection the client has read. */
        private int read;

        /** Every counted message carries the number that it is to have in its session. */
        private int offered;

        private long last;
        private final Set<Long> applied = new HashSet<>();
        private final Set<Long> gone = new HashSet<>();

        /** The last gap that the client was told of and behind which it has applied nothing. */
        private long gapFrom;

        private int resumes;
        private int refusals;
        private int returnsIntoGap;

        Run(int seed, Overflow overflow) {
            this.random = new Random(seed);
            OutboxPolicy outbox =
                    OutboxPolicy.atMost(1 + random.nextInt(6), 1 << 20).onOverflow(overflow);
            this.stage = SessionStage.of(runtime, outbox);
            this.window = ResumePolicy.defaults().atMost(2 + random.nextInt(12), 1 << 20);
            this.session = stage.openResumable(connection, window);
        }

        void play() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            claim(last);
            connection.completeAll(runtime);
            receive(Integer.MAX_VALUE);
            assertThat(last).isEqualTo(offered);
            assertThat(applied.size() + gone.size()).isEqualTo(offered);
        }

        private void step() throws Exception {
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3 -> offer(Delivery.COUNTED, 1 + random.nextInt(6));
                case 4 -> offer(Delivery.LATEST, 1 + random.nextInt(2));
                case 5 -> offer(Delivery.EPHEMERAL, 1);
                case 6 -> connection.duringNextSend(() -> offer(Delivery.COUNTED, random.nextInt(12)));
                case 7, 8, 9, 10 -> completeSend();
                case 11, 12, 13 -> receive(1 + random.nextInt(4));
                case 14, 15 -> acknowledge();
                case 16, 17 -> cut();
                case 18 -> claim(last);
                default -> claimFromWithinGap();
            }
            if (random.nextBoolean()) {
                runtime.runAll();
            }
        }

        private void offer(Delivery delivery, int count) {
            for (int i = 0; i < count; i++) {
                int value = delivery == Delivery.COUNTED ? ++offered : 0;
                String text = "{\"event\":\"e\",\"data\":" + value + (value > 0 ? "" : ",\"volatile\":true") + "}";
                String key = delivery == Delivery.LATEST ? "key-" + random.nextInt(2) : null;
                Outgoing message = new Outgoing("e", Frame.of(text), delivery, key, Outgoing.Receipt.NONE);
                session.outbox().offer(message, random.nextBoolean());
            }
        }

        private void completeSend() {
            if (connection.isSending()) {
                connection.completeSend();
            }
        }

        private void receive(int frames) throws Exception {
            for (int i = 0;
                    isConnected && i < frames && read < connection.sent().size();
                    i++) {
                String text = connection.sent().get(read++);
                if (!text.equals("hello")) {
                    apply(JSON.readTree(text));
                }
            }
        }

        private void apply(JsonNode frame) {
            if (frame.isObject() && frame.get("event").asText().equals("hub/gap")) {
                skip(
                        frame.get("data").get("from").asLong(),
                        frame.get("data").get("to").asLong());
                return;
            }
            long next = frame.path(0).isNumber() ? frame.get(0).asLong() : 0;
            for (JsonNode message : frame) {
                if (message.isObject() && !message.has("volatile")) {
                    apply(next++, message.get("data").asLong());
                }
            }
        }

        private void apply(long number, long value) {
            assertThat(number).as("its number").isEqualTo(value);
            assertThat(gone).as("told to be gone").doesNotContain(number);
            assertThat(number).as("no hole").isLessThanOrEqualTo(last + 1);
            if (number > last) {
                assertThat(applied.add(number)).as("not applied before").isTrue();
                last = number;
                gapFrom = 0;
            }
        }

        private void skip(long from, long to) {
            assertThat(from).as("no hole").isBetween(1L, last + 1);
            for (long number = from; number <= to; number++) {
                assertThat(applied).as("told to be gone").doesNotContain(number);
                gone.add(number);
            }
            if (to > last) {
                gapFrom = from;
                last = to;
            }
        }

        private void acknowledge() {
            if (isConnected) {
                assertThat(session.outbox().acknowledge(last)).isTrue();
            }
        }

        /** What is on its way is lost. */
        private void cut() {
            if (isConnected) {
                session.outbox().detach();
                isConnected = false;
            }
        }

        /** As if the client had not applied all of the last gap; the hub may have been told of all. */
        private void claimFromWithinGap() {
            if (gapFrom > 0) {
                returnsIntoGap++;
                last = gapFrom + random.nextInt((int) (last - gapFrom + 1));
                claim(last);
            }
        }

        /** The hub may not have noticed that the last connection is dead. */
        private void claim(long number) {
            RecordingConnection next = RecordingConnection.deferred();
            Outgoing hello = SessionStage.message("hello");
            Outbox moved = session.outbox().moveTo(new ConnectionEnd(session, next), number, hello);
            connection = next;
            read = 0;
            isConnected = true;
            if (moved == null) {
                beginAnew();
            } else {
                resumes++;
                moved.start();
            }
        }

        private void beginAnew() {
            refusals++;
            session.outbox().discard();
            session = stage.openResumable(connection, window);
            offered = 0;
            last = 0;
            gapFrom = 0;
            applied.clear();
            gone.clear();
        }
    }
}
