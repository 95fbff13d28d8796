// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.RequestFailedException;

/** A request that has no answer yet. Used from the lane only. */
final class PendingRequest extends OutgoingMessage {
    /** Hears, in the lane, how it ended. */
    interface Outcome {
        void answered(Incoming answer);

        void failed(RequestFailedException failure);

        /** Whether it may be sent again though the hub may have forgotten its id: to run it twice does no harm. */
        default boolean isRepeatable() {
            return false;
        }
    }

    /** Who keeps it until it is answered; told in the lane. */
    interface Keeper {
        /** It is given to a connection for the first time. */
        void firstWritten(PendingRequest request);

        /** The hub does not take a message of this size. */
        void tooBig(PendingRequest request);
    }

    private final String id;
    private final String event;
    private final Outcome outcome;
    private final LaneTimer timer;
    private final Keeper keeper;
    private boolean wasWritten;
    private long writtenNanos;
    private long ordinal;

    PendingRequest(String id, String event, String text, Outcome outcome, LaneTimer timer, Keeper keeper) {
        super(text);
        this.id = id;
        this.event = event;
        this.outcome = outcome;
        this.timer = timer;
        this.keeper = keeper;
    }

    String id() {
        return id;
    }

    LaneTimer timer() {
        return timer;
    }

    boolean isRepeatable() {
        return outcome.isRepeatable();
    }

    boolean wasWritten() {
        return wasWritten;
    }

    long writtenNanos() {
        return writtenNanos;
    }

    /** Which of all requests it was, in the order of their first leaving. */
    long ordinal() {
        return ordinal;
    }

    @Override
    void leaves() {
        if (!wasWritten) {
            keeper.firstWritten(this);
        }
    }

    @Override
    void refuse() {
        keeper.tooBig(this);
    }

    void written(long nanos, long number) {
        wasWritten = true;
        writtenNanos = nanos;
        ordinal = number;
    }

    void answer(Incoming answer) {
        timer.cancel();
        if (answer.code() == 0) {
            outcome.answered(answer);
        } else {
            outcome.failed(RequestFailedException.refused(answer));
        }
    }

    void fail(RequestFailedException.Cause cause, String why) {
        timer.cancel();
        outcome.failed(RequestFailedException.unanswered(event, cause, why));
    }
}
