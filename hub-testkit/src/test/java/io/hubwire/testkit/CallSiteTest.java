// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static io.hubwire.testkit.HubAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hubwire.protocol.ErrorCode;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A failure begins at the line of the test, which may be in the kit's own package, as here. */
class CallSiteTest {
    @Test
    void whatever_the_kit_calls_within_itself() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");
            ann.send("no");
            Stream.<ThrowingCallable>of(
                            () -> ann.expectPush("news"),
                            () -> ann.expectClosed(1000),
                            () -> ann.request("no").isOk(),
                            () -> ann.expectReply(ann.request("no")).hasData("{}"),
                            () -> ann.expectError(ErrorCode.BUSY),
                            () -> hub.expectHandlerFailure("no"),
                            () -> hub.checkLeftovers(Leftovers.ALL),
                            () -> hub.client().tryConnect().expectRefused(401),
                            () -> assertThat(ann).isClosedWith(1000),
                            () -> assertThat(hub).hasClients(7).hasNoLeftovers())
                    .forEach(CallSiteTest::assertBeginsHere);
        }
    }

    @Test
    void also_where_assertj_calls_the_kit() {
        try (TestHub hub = TestHub.of()) {
            TestClient ann = hub.connect("ann");

            assertBeginsHere(() -> assertThat(hub).satisfies(any -> ann.expectPush("news")));
        }
    }

    private static void assertBeginsHere(ThrowingCallable failing) {
        StackTraceElement top = catchThrowable(failing).getStackTrace()[0];
        assertThat(top.getClassName()).startsWith(CallSiteTest.class.getName());
        assertThat(top.getMethodName()).startsWith("lambda$");
    }
}
