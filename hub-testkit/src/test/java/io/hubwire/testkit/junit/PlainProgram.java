// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static io.hubwire.testkit.HubAssertions.assertThat;

import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;

/** Uses the kit by itself. */
public final class PlainProgram {
    private PlainProgram() {}

    /** What an expectation that does not hold says. */
    public static String run() {
        try (TestHub hub = TestHub.of(new Rooms())) {
            TestClient ann = hub.connect("ann");
            ann.join("room").isOk();
            ann.request(Rooms.SAY, "hello").isOk();
            assertThat(ann).received(Rooms.SAID).containsExactly("hello");
            hub.advance(Duration.ofDays(1));
            return failureOf(ann);
        }
    }

    private static String failureOf(TestClient ann) {
        try {
            assertThat(ann).isClosedWith(4004);
            return "nothing failed";
        } catch (AssertionError e) {
            return e.toString();
        }
    }
}
