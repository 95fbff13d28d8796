// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.transcripts;

import io.hubwire.testkit.ClientLink;
import io.hubwire.testkit.TestHubBuilder;
import java.time.Duration;
import java.util.List;

/**
 * A hub that golden transcripts are played against, with the application that the transcripts' own page asks for. One hub serves one
 * transcript.
 *
 * <p>Called by one thread. What the hub sends reaches the receivers by any thread, for each connection in order.
 */
public interface HubUnderTest extends AutoCloseable {
    /** A hub of Hubwire's with the settings of this transcript: on the builder's clock, behind the builder's transport. */
    static HubUnderTest of(TestHubBuilder builder, GoldenTranscript transcript) {
        return HubwireUnderTest.start(builder, transcript);
    }

    /**
     * Opens a connection; returns when it is open. Over a network, {@link ClientLink#sendText} returns when the hub has read what was
     * sent, as the answer to a ping tells: a transcript goes on with a cut, or on another connection.
     *
     * @param isClassic whether to offer no subprotocol and to be the user {@code ann}; otherwise {@code hubwire.v1} is
     *     offered, and no credential is in the handshake
     * @throws AssertionError if the hub refuses, or does not answer
     */
    ClientLink open(boolean isClassic, ClientLink.Receiver receiver);

    /**
     * Lets the hub's application do what a step of the kind {@code application} says.
     *
     * @param step the step, JSON
     * @throws AssertionError if it cannot do it yet; it is asked again then, as long as {@link #patience()} lasts
     * @throws UnsupportedOperationException if this hub cannot do it at all
     */
    void act(String step);

    /** What the application has handled since this was last asked, in order: JSON objects, as in the transcripts. */
    List<String> takeHandled();

    /** Does what there is to be done now. A hub on threads of its own does so by itself: nothing then. */
    void settle();

    /** Lets time pass: on a clock of the test at once, on a real one by waiting. */
    void elapse(Duration duration);

    /** How long things may take that take no time by the transcripts: nothing on a clock of the test. */
    Duration patience();

    /** Ends the hub and what is left of its connections. */
    @Override
    void close();
}
