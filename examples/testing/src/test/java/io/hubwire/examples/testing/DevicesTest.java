// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.testing;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.Hub;
import io.hubwire.protocol.CloseReason;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.junit.As;
import io.hubwire.testkit.junit.HubSetup;
import io.hubwire.testkit.junit.HubTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@HubTest
class DevicesTest {
    @HubSetup
    final Chat chat = new Chat(Map.of());

    // region devices
    @Test
    void one_device_logs_the_other_one_out(
            TestHub test, Hub hub, @As("ann") TestClient phone, @As("ann") TestClient tablet) {
        hub.user("ann").except(tablet.session()).kick(CloseReason.KICKED);
        test.settle();

        phone.expectClosed(CloseReason.KICKED);
        assertThat(tablet).isConnected();
        assertThat(test).hasOnlineUsers("ann").hasClients(1);
    }
    // endregion
}
