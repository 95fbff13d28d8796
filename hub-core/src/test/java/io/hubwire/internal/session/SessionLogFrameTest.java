// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType.Delivery;
import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.internal.testing.ManualRuntime;
import io.hubwire.internal.testing.SessionStage;
import io.hubwire.spi.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How what waits is put into frames. */
class SessionLogFrameTest {
    private static final int MOST_BYTES = 16 << 10;

    private final SessionStage stage = SessionStage.of(new ManualRuntime(), OutboxPolicy.atMost(1000, 1 << 20));
    private final SessionLog log =
            new SessionLog(stage.context(), ResumePolicy.defaults().atMost(1000, 1 << 20));

    private void offer(int... lengths) {
        for (int length : lengths) {
            Frame text = Frame.of("\"" + "x".repeat(length - 2) + "\"");
            assertThat(log.offer(
                            new Outgoing("said", text, Delivery.COUNTED, Outgoing.Receipt.NONE), new ArrayList<>(0)))
                    .isNull();
        }
    }

    /** How many messages are in each frame. */
    private List<Integer> poll() {
        List<Integer> counts = new ArrayList<>();
        for (Outgoing frame = log.poll(); frame != null; frame = log.poll()) {
            counts.add(frame.frame().text().split("\"x+\"", -1).length - 1);
        }
        return counts;
    }

    @Test
    void a_frame_takes_16_KiB_of_messages() {
        offer(MOST_BYTES / 2, MOST_BYTES / 4, MOST_BYTES / 4, 3);

        assertThat(poll()).containsExactly(3, 1);
    }

    @Test
    void a_message_that_does_not_fit_begins_the_next_frame() {
        offer(MOST_BYTES / 2, MOST_BYTES / 2 + 1, 3);

        assertThat(poll()).containsExactly(1, 2);
    }

    @Test
    void a_message_that_is_larger_travels_alone() {
        offer(3, MOST_BYTES + 1, 3, 3);

        assertThat(poll()).containsExactly(1, 1, 2);
    }

    @Test
    void a_frame_takes_64_messages() {
        for (int i = 0; i < 65; i++) {
            offer(3);
        }

        assertThat(poll()).containsExactly(64, 1);
    }

    @Test
    void what_is_sent_again_comes_in_frames_no_larger() {
        for (int i = 0; i < 40; i++) {
            offer(1000);
        }
        assertThat(poll()).containsExactly(16, 16, 8);
        log.detach();

        log.resumeFrom(3);

        Outgoing first = Objects.requireNonNull(log.poll());
        assertThat(first.frame().text()).startsWith("[4,");
        assertThat(first.bytes()).isLessThan(MOST_BYTES + 100);
    }
}
