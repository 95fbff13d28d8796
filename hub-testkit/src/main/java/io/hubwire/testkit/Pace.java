// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** What makes a hub under test go on: it hides the {@link Mode} from hub and clients. */
interface Pace {
    /** Whose pace it is. */
    Mode mode();

    /** Gives the hub to be built its threads and its clock. */
    HubBuilder runtimeOf(HubBuilder application);

    /** What carries the connections in memory. */
    Wire wire();

    /** Does what there is to be done, if that can be known. */
    void settle();

    /**
     * Whether the condition holds when all is done. Where that cannot be known, waits up to 5 s of real time; if only a
     * handler's stage is missing, which a foreign thread may complete, up to 2 s.
     */
    boolean settleUntil(BooleanSupplier condition);

    /**
     * As {@link #settleUntil}, but waits in any case: for what threads bring about that are not the hub's.
     *
     * @throws IllegalStateException if it does not hold in time
     */
    void awaitOthers(BooleanSupplier condition);

    /**
     * Lets time pass.
     *
     * @throws IllegalStateException if the clock is the wall's
     */
    void advance(Duration duration);

    /**
     * The clock and what waits for it.
     *
     * @throws IllegalStateException if the clock is the wall's
     */
    VirtualTime time();

    /** The time of day. */
    Instant now();

    /** The time since the beginning. */
    Duration elapsed();

    /** Which clock transcripts tell the time of. */
    String clock();

    /** Whether there is anything left to do or to wait for, for a reader of failures. */
    String state();

    /** Ends the hub, whatever its clients do. */
    void shutDown(Hub hub);

    /** Frees what {@link #runtimeOf} and {@link #wire} took. */
    void close();
}
