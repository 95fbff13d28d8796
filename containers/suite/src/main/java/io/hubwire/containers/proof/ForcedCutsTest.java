// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.ResumePolicy;
import io.hubwire.containers.Server;
import io.hubwire.testkit.network.DeliveryHistory.Verdict;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every connection is cut at a random byte, again and again, while messages go by every path in both directions. */
@Tag("proof")
class ForcedCutsTest {
    /** Less than an outbox and a resume window hold, so that every session can be resumed. */
    private static final int WINDOW = 150;

    /** More than they hold when they are small. */
    private static final int TOO_MANY = 300;

    private static final int FEW = 64;
    private static final Duration LONG = Duration.ofMinutes(2);

    /** Of an order whose answer was dropped. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Scale WITH_LOSSES = Scale.isWhole() ? new Scale(16, 1_000, 5_000) : new Scale(8, 30, 2_000);
    private static final ResumePolicy QUICK =
            ResumePolicy.defaults().reconnectAfter(Duration.ofMillis(5), Duration.ofMillis(50));

    private final long seed = new Random().nextLong();

    @Test
    void nothing_is_lost_or_comes_twice_or_out_of_order() {
        try (CutStage stage = new CutStage(Scale.asked(), LONG, hub -> hub.resume(QUICK));
                Senders senders = new Senders(stage.hub(), stage.guests(), WINDOW, LONG, false)) {
            stage.run(senders, seed);
            stage.settle(() -> {});

            stage.print("forced cuts", seed);
            assertThatNothingIsBroken(stage);
            assertThat(stage.received().excused()).isZero();
            assertThat(stage.figures().counted("new session")).isZero();
            assertThat(stage.figures().counted("order failed")).isZero();
            assertThat(stage.figures().skippedMessages()).isZero();
            assertThat(stage.figures().resumes()).isPositive();
            assertThat(stage.figures().answeredOrders()).isPositive();
            for (Path path : Path.values()) {
                assertThat(stage.figures().counted("by " + path.word()))
                        .as(path.word())
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_lost_is_told(Overflow overflow) {
        assumeTrue(
                Server.STARTER.name().equals("Tomcat"),
                "whose client notices a connection that is cut in its handshake: others wait for their limit, often");
        OutboxPolicy outbox = OutboxPolicy.atMost(FEW, 1 << 20).onOverflow(overflow);
        try (CutStage stage = new CutStage(
                        WITH_LOSSES, SHORT, hub -> hub.outbox(outbox).resume(QUICK.atMost(FEW, 1 << 20)));
                Senders senders = new Senders(stage.hub(), stage.guests(), TOO_MANY, Duration.ofMillis(20), true)) {
            stage.run(senders, seed);
            stage.settle(senders::sendOnceMore);

            stage.print("forced cuts, " + overflow, seed);
            assertThatNothingIsBroken(stage);
            assertThat(stage.received().excused()).as("lost with a signal").isPositive();
        }
    }

    private static void assertThatNothingIsBroken(CutStage stage) {
        Verdict received = stage.received();
        Verdict said = stage.said();
        assertThat(received.isFaultless()).as("%s", received).isTrue();
        assertThat(said.twice() + said.disordered() + said.unsent())
                .as("%s", said)
                .isZero();
        assertThat(stage.figures().broken()).isEmpty();
    }
}
