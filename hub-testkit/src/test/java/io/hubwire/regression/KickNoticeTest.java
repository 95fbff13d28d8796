// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.regression;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.HubModule;
import io.hubwire.OutboxPolicy;
import io.hubwire.Overflow;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The notice of a kick went through the outbox like any other message: a full outbox refused it, and a message that was sent
 * to everybody at the same moment could come behind it.
 */
class KickNoticeTest {
    private static final EventType<String> NEWS = EventType.of("news", String.class);

    @ParameterizedTest
    @EnumSource(Overflow.class)
    void a_full_outbox_does_not_swallow_it(Overflow overflow) {
        HubModule twoMayWait =
                hub -> hub.emits(NEWS).outbox(OutboxPolicy.atMost(2, 1 << 20).onOverflow(overflow));
        try (TestHub hub = TestHub.of(StandardEvents.kick(), twoMayWait)) {
            TestClient ann = hub.connect("ann");
            ann.stopReading();
            for (int i = 1; i <= 3; i++) {
                hub.hub().all().send(NEWS, "one in flight, two wait");
            }

            ann.session().kick(CloseReason.KICKED);
            ann.resumeReading();

            assertThat(ann).receivedEvents("news", "news", "news", "kick").isClosedWith(CloseReason.KICKED);
        }
    }
}
