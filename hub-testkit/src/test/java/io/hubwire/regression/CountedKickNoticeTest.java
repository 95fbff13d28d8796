// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.EventType;
import io.hubwire.StandardEvents;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.api.Test;

class CountedKickNoticeTest {
    private static final EventType<Integer> NEWS = EventType.of("news", Integer.class);

    @Test
    void a_client_that_counts_is_told_of_a_kick_with_a_number() {
        try (TestHub hub = TestHub.of(StandardEvents.kick())) {
            var ann = hub.client().user("ann").resuming().connect();
            ann.session().send(NEWS, 1);

            ann.session().kick(CloseReason.KICKED);

            ann.expectPush(NEWS);
            assertThat(ann.expectPush("kick").message().number()).hasValue(2);
            ann.expectClosed(CloseReason.KICKED);
        }
    }
}
