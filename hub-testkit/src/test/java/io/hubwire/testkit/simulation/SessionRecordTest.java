// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.spi.Frame;
import org.junit.jupiter.api.Test;

class SessionRecordTest {
    private final SessionRecord session = new SessionRecord("s");

    private Frame pushed(String text) {
        Frame frame = Frame.of(text);
        session.pushed(frame);
        return frame;
    }

    @Test
    void what_is_received_as_it_was_pushed_is_in_order() {
        pushed("a");
        pushed("b");

        assertThat(session.received("a")).isEmpty();
        assertThat(session.received("b")).isEmpty();
        assertThat(session.isSettled()).isTrue();
    }

    @Test
    void a_message_that_overtakes_another_breaks_the_order() {
        pushed("a");
        pushed("b");

        assertThat(session.received("b")).hasValue("loss or another order");
    }

    @Test
    void a_message_that_comes_twice_is_not_due() {
        pushed("a");

        assertThat(session.received("a")).isEmpty();
        assertThat(session.received("a")).hasValue("a message that is not due, such as a duplicate");
    }

    @Test
    void what_has_made_room_is_not_owed() {
        pushed("same");
        Frame second = pushed("same");
        pushed("c");

        session.dropped(second);

        assertThat(session.received("same")).isEmpty();
        assertThat(session.received("c")).isEmpty();
    }

    @Test
    void what_never_got_in_is_not_taken_from_what_is_owed() {
        pushed("same");

        session.dropped(Frame.of("same"));

        assertThat(session.owed()).hasSize(1);
        assertThat(session.takeDropped()).hasSize(1);
        assertThat(session.takeDropped()).isEmpty();
    }
}
