// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Outcome;
import io.hubwire.internal.testing.BareHandshake;
import io.hubwire.internal.testing.Door;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With real threads: that all of them hang can be seen only there. */
@Timeout(30)
class SendReportTest {
    private static final int THREADS = 64;

    /** Takes nothing. */
    private static final class StalledPeer implements Connection {
        @Override
        public void send(Frame frame, SendCallback done) {}

        @Override
        public void ping() {}

        @Override
        public void close(CloseReason reason) {}

        @Override
        public void abort() {}
    }

    @Test
    void written_is_completed_also_when_the_hub_ends_while_every_handler_hangs() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(THREADS);
        try (Hub hub = Hub.builder().build()) {
            hub.start();
            Door.open(hub, BareHandshake.anonymous(), new StalledPeer());
            SendReport report = hub.all().send("news", "x");
            CompletableFuture<Outcome> written = report.written().toCompletableFuture();
            for (int i = 0; i < THREADS; i++) {
                hub.timers().after(Duration.ZERO, () -> hang(hanging, release));
            }
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();

            hub.shutdown(Duration.ofMillis(400)).toCompletableFuture().get(10, TimeUnit.SECONDS);

            assertThat(written.get(10, TimeUnit.SECONDS)).isEqualTo(new Outcome(0, 1));
            release.countDown();
        }
    }

    private static void hang(CountDownLatch hanging, CountDownLatch release) {
        hanging.countDown();
        boolean isReleased = false;
        while (!isReleased) {
            try {
                isReleased = release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                // deaf on purpose
            }
        }
    }
}
