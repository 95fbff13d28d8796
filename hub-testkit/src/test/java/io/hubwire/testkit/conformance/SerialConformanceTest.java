// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.TestHubBuilder;

class SerialConformanceTest extends HubConformance {
    @Override
    protected TestHubBuilder hub() {
        return TestHub.builder().mode(Mode.SERIAL);
    }
}
