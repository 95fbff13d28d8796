// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/**
 * Assertions about a hub and its clients; they stand beside those of AssertJ under the same name. They look and change
 * nothing, in any order, also after the end of a connection.
 */
public final class HubAssertions {
    private HubAssertions() {}

    /** About a client. */
    public static TestClientAssert assertThat(TestClient client) {
        return new TestClientAssert(client);
    }

    /** About the hub. */
    public static TestHubAssert assertThat(TestHub hub) {
        return new TestHubAssert(hub);
    }
}
