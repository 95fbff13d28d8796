// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.RequestFailedException;
import io.hubwire.client.RequestFailedException.Cause;
import io.hubwire.protocol.ErrorCode;
import java.util.List;

/** A leave of a group: a session that has ended is in no group either, so that is no failure. Used from the lane only. */
record Departure(StageOutcome<List<String>> outcome) implements PendingRequest.Outcome {
    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void answered(Incoming answer) {
        outcome.answered(answer);
    }

    @Override
    public void failed(RequestFailedException failure) {
        if (failure.reason() == Cause.OUTCOME_UNKNOWN
                || failure.reason() == Cause.NOT_SENT
                || failure.code() == ErrorCode.ALREADY_HANDLED.number()) {
            outcome.completed(List.of());
        } else {
            outcome.failed(failure);
        }
    }
}
