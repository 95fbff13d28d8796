// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A send that a test lets fail is over, once, while its sender has still to be told. */
class FailingSendTest implements ClientLink.Receiver {
    private final TestRuntime runtime = TestRuntime.create();
    private final List<String> heard = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();
    private final FakeConnection connection =
            new FakeConnection(Wire.of(runtime), "ann", new ConnectionTraits(SendCompletion.LATER, 100, Duration.ZERO));

    @BeforeEach
    void attach() {
        connection.attach(this);
    }

    @Test
    void it_is_not_delivered_when_the_client_reads_meanwhile() {
        connection.ping();
        sendAndFail();

        runtime.settle();

        assertThat(heard).containsExactly("ping");
        assertThat(ends).containsExactly("the test lets this send to ann fail");
    }

    @Test
    void it_does_not_fail_again_with_its_connection() {
        sendAndFail();
        connection.drop();

        runtime.settle();

        assertThat(ends).containsExactly("the test lets this send to ann fail");
    }

    @Test
    void it_holds_up_no_close_frame() {
        sendAndFail();
        connection.close(CloseReason.SERVER_ERROR);

        runtime.settle();

        assertThat(heard).containsExactly("closed with " + CloseReason.SERVER_ERROR);
    }

    private void sendAndFail() {
        connection.failNextSend();
        connection.send(
                Frame.of("a"), failure -> ends.add(failure == null ? "sent" : String.valueOf(failure.getMessage())));
    }

    @Override
    public void onText(String text) {
        heard.add(text);
    }

    @Override
    public void onPing() {
        heard.add("ping");
    }

    @Override
    public void onClosed(CloseReason reason) {
        heard.add("closed with " + reason);
    }
}
