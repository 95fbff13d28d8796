// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static io.hubwire.internal.testing.SessionStage.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.runtime.DefaultRuntime;
import io.hubwire.internal.testing.CountingReceipt;
import io.hubwire.internal.testing.Crowd;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Connections take a session over while others send to it. */
class TakeoverRaceTest {
    private static final int THREADS = 4;
    private static final int EACH = 3_000;
    private static final int TAKEOVERS = 200;

    private final DefaultRuntime runtime = new DefaultRuntime();
    private final ExecutorService container = Executors.newFixedThreadPool(2);
    private final SessionStage stage = SessionStage.of(runtime, OutboxPolicy.atMost(1_000_000, 1 << 30));
    private final CountingReceipt receipt = new CountingReceipt();

    @AfterEach
    void stop() {
        container.shutdownNow();
        runtime.close();
    }

    /** One connection; what it was given from some moment on never reaches the client. */
    private final class LossyConnection implements Connection {
        private final Random random;
        private final List<String> delivered = new ArrayList<>();
        private final AtomicInteger inProgress = new AtomicInteger();
        private volatile boolean isCut;
        private volatile boolean overlapped;

        LossyConnection(long seed) {
            random = new Random(seed);
        }

        @Override
        public void send(Frame frame, SendCallback done) {
            overlapped |= inProgress.getAndIncrement() > 0;
            boolean isInline;
            synchronized (delivered) {
                if (!isCut) {
                    delivered.add(frame.text());
                }
                isInline = random.nextBoolean();
            }
            if (isInline) {
                complete(done);
            } else {
                container.execute(() -> complete(done));
            }
        }

        private void complete(SendCallback done) {
            inProgress.decrementAndGet();
            done.completed(null);
        }

        /** What the client has read of it. */
        List<String> cut() {
            synchronized (delivered) {
                isCut = true;
                return List.copyOf(
                        delivered.subList(0, delivered.isEmpty() ? 0 : random.nextInt(delivered.size() + 1)));
            }
        }

        List<String> all() {
            synchronized (delivered) {
                return List.copyOf(delivered);
            }
        }

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void abort() {}
    }

    @RepeatedTest(4)
    void everything_arrives_once_and_in_order_over_all_connections(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        LossyConnection[] connection = {new LossyConnection(random.nextLong())};
        ClientSession session =
                stage.openResumable(connection[0], ResumePolicy.defaults().atMost(1_000_000, 1 << 30));
        List<String> applied = new ArrayList<>();

        Crowd.of(THREADS + 1, thread -> {
            if (thread == THREADS) {
                for (int i = 0; i < TAKEOVERS; i++) {
                    letOthersRun(random.nextInt(200));
                    connection[0] = takeOver(session, connection[0], applied, random);
                }
            } else {
                for (int i = 0; i < EACH; i++) {
                    session.offer(message("\"" + thread + ":" + i + "\"", receipt), i % 3 > 0);
                }
            }
        });
        LossyConnection end = takeOver(session, connection[0], applied, random);
        awaitAll(end, applied);

        assertThat(applied).hasSize(THREADS * EACH);
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "\"" + thread + ":";
            List<String> ofThread =
                    applied.stream().filter(text -> text.startsWith(prefix)).toList();
            for (int i = 0; i < EACH; i++) {
                assertThat(ofThread.get(i)).isEqualTo(prefix + i + "\"");
            }
        }
        assertThat(receipt.written()).isEqualTo(THREADS * EACH);
    }

    private LossyConnection takeOver(ClientSession session, LossyConnection last, List<String> applied, Random random) {
        if (random.nextBoolean()) {
            session.outbox().end().connectionClosed(CloseReason.CONNECTION_LOST);
        }
        apply(last.cut(), applied);
        assertThat(last.overlapped).isFalse();
        LossyConnection next = new LossyConnection(random.nextLong());
        Outgoing hello = new Outgoing("hub/hello", Frame.of("hello"), Delivery.COUNTED, Outgoing.Receipt.NONE);
        Outbox moved = session.outbox().moveTo(new ConnectionEnd(session, next), applied.size(), hello);
        assertThat(moved).isNotNull();
        moved.start();
        return next;
    }

    /** As a client does that keeps to the protocol. */
    private static void apply(List<String> frames, List<String> applied) {
        for (String frame : frames) {
            if (frame.equals("hello")) {
                continue;
            }
            String[] parts = frame.substring(1, frame.length() - 1).split(",");
            int next = Integer.parseInt(parts[0]);
            for (int i = 1; i < parts.length; i++, next++) {
                if (next > applied.size()) {
                    assertThat(next).as("no hole").isEqualTo(applied.size() + 1);
                    applied.add(parts[i]);
                }
            }
        }
    }

    private static void letOthersRun(int times) {
        for (int i = 0; i < times; i++) {
            Thread.yield();
        }
    }

    /** What was written to a connection before is written again to the last one. */
    private void awaitAll(LossyConnection end, List<String> applied) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while ((receipt.written() < THREADS * EACH || applied.size() < THREADS * EACH)
                && System.nanoTime() < deadline) {
            Thread.yield();
            apply(end.all(), applied);
        }
    }
}
