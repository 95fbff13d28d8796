// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.conformance;

import io.hubwire.HubBuilder;
import io.hubwire.testkit.Mode;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What all scenarios stand on: hubs that run {@link Chat}, in the mode and over the transport that is judged. */
interface Stage {
    /** A hub as it is wired here. */
    TestHub open(UnaryOperator<HubBuilder> application);

    /** A hub that runs the application with every setting's default. */
    default TestHub chat() {
        return chat(builder -> builder);
    }

    /** A hub that runs the application, and what a scenario adds to it. */
    default TestHub chat(UnaryOperator<HubBuilder> more) {
        return open(builder -> more.apply(builder.install(new Chat())));
    }

    /** Lets everything arrive that was sent to this client before: its own lane and the hub's outbox for it keep their order. */
    default void catchUp(TestClient client) {
        client.expectReply(client.request(Chat.ECHO, Chat.Say.softly("caught up")))
                .isOk();
    }

    /** Lets time pass where time is virtual; where it is real, it passes by itself, and expectations wait. */
    default void letPass(TestHub hub, Duration time) {
        if (hub.mode() != Mode.REAL) {
            hub.advance(time);
        }
    }
}
