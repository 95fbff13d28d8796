// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import io.hubwire.testkit.ClientLink;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.TestHubBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A hub of Hubwire's. For one thread. */
final class HubwireUnderTest implements HubUnderTest {
    /** So small that nothing gets through to a client that does not read. */
    private static final int NO_BUFFER = 1;

    private static final Duration PATIENCE_WITH_THREADS = Duration.ofSeconds(5);

    /** Shorter than the longest wait of a {@link TestHub}. */
    private static final Duration STRETCH = Duration.ofSeconds(1);

    private final TranscriptApplication application;
    private final TestHub hub;

    private HubwireUnderTest(TranscriptApplication application, TestHub hub) {
        this.application = application;
        this.hub = hub;
    }

    static HubwireUnderTest start(TestHubBuilder builder, GoldenTranscript transcript) {
        TranscriptApplication application = new TranscriptApplication(transcript.settings());
        TestHub hub = builder.start(application::wire);
        application.clock(hub::now);
        return new HubwireUnderTest(application, hub);
    }

    @Override
    public ClientLink open(boolean isClassic, ClientLink.Receiver receiver) {
        TestClientBuilder client = hub.client().socketBuffer(NO_BUFFER);
        return isClassic
                ? client.token("ann").open(receiver)
                : client.subprotocols("hubwire.v1").open(receiver);
    }

    @Override
    public void act(String step) {
        application.act(hub.hub(), step);
    }

    @Override
    public List<String> takeHandled() {
        return application.takeHandled();
    }

    @Override
    public void settle() {
        hub.settle();
    }

    @Override
    public void elapse(Duration duration) {
        if (!isOnTheWallsClock()) {
            hub.advance(duration);
            return;
        }
        for (Duration left = duration; left.compareTo(Duration.ZERO) > 0; left = left.minus(STRETCH)) {
            Instant end = hub.now().plus(left.compareTo(STRETCH) < 0 ? left : STRETCH);
            hub.settleUntil(() -> !hub.now().isBefore(end));
        }
    }

    @Override
    public Duration patience() {
        return isOnTheWallsClock() ? PATIENCE_WITH_THREADS : Duration.ZERO;
    }

    private boolean isOnTheWallsClock() {
        return hub.mode() == Mode.REAL;
    }

    @Override
    public void close() {
        hub.close();
    }
}
