// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.testkit.contract.TransportContract;
import io.hubwire.testkit.contract.TransportUnderTest;
import java.time.Duration;

// region contract
/** The fake connection keeps every rule that a container must keep. */
class FakeTransportContractTest extends TransportContract {
    @Override
    protected TransportUnderTest transport() {
        return new FakeTransport(SendCompletion.MIXED, Duration.ofSeconds(5));
    }
}
// endregion
