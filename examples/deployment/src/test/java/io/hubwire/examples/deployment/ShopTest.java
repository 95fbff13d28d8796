// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.deployment.Shop.Item;
import io.hubwire.examples.deployment.Shop.Left;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.testkit.TestHub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopTest {
    // region test
    private final TestHub hub = TestHub.of(new Shop(item -> item.equals("cake") ? 7 : 0));

    @Test
    void a_customer_asks_what_is_left() {
        Left left = hub.connect("ann").request(Shop.LEFT, new Item("cake")).data();

        assertThat(left).isEqualTo(new Left("cake", 7));
    }
    // endregion

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void an_item_has_a_name() {
        hub.connect("ann").request(Shop.LEFT, new Item(null)).failedWith(ErrorCode.INVALID_PAYLOAD);
    }
}
