// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.contract;

import io.hubwire.testkit.contract.TransportContract;
import io.hubwire.testkit.contract.TransportUnderTest;

/** The adapter keeps every rule that a transport must keep, on this container as on the others. */
class JakartaTransportContractTest extends TransportContract {
    @Override
    protected TransportUnderTest transport() {
        return new JakartaTransport();
    }
}
