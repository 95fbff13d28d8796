// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.HubMessage;
import io.hubwire.client.RequestFailedException;
import io.hubwire.client.RequestFailedException.Cause;
import io.hubwire.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A group that the application wants to be in, and the join of it if one is under way. Used from the lane only. */
final class Membership implements PendingRequest.Outcome {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String group;
    private final Groups groups;
    private final LaneTimer again;
    private final List<PendingRequest.Outcome> waiting = new ArrayList<>();
    private @Nullable PendingRequest request;
    /** Whether the hub has said yes in this session. */
    private boolean isMember;

    Membership(String group, Groups groups, LaneTimer again) {
        this.group = group;
        this.groups = groups;
        this.again = again;
    }

    String group() {
        return group;
    }

    /** Whether a join is under way, or about to be. */
    boolean isAsking() {
        return request != null || again.isArmed();
    }

    /** Hears how the next answer turns out. */
    void await(PendingRequest.Outcome outcome) {
        waiting.add(outcome);
    }

    /** Makes another join, to be sent by the caller. */
    PendingRequest ask() {
        withdraw();
        PendingRequest join = groups.requests().create("join", Groups.payload(group), this);
        groups.requests().expect(join);
        request = join;
        return join;
    }

    /** The hub does not count it as a member any more. */
    void isOver() {
        isMember = false;
    }

    /** Nobody wants it any more. */
    void giveUp(String why) {
        withdraw();
        fail(RequestFailedException.unanswered("join", Cause.OUTCOME_UNKNOWN, why));
    }

    private void withdraw() {
        again.cancel();
        if (request != null) {
            groups.requests().withdraw(request);
            request = null;
        }
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void answered(Incoming answer) {
        request = null;
        isMember = true;
        waiting.forEach(outcome -> outcome.answered(answer));
        waiting.clear();
    }

    @Override
    public void failed(RequestFailedException failure) {
        request = null;
        if (failure.reason() == Cause.OUTCOME_UNKNOWN) {
            return; // its session has ended: joined again in the next
        }
        if (failure.code() == ErrorCode.ALREADY_HANDLED.number()) {
            groups.outgoing().add(ask());
        } else if (waiting.isEmpty() && isPassing(failure)) {
            again.arm(AGAIN_NANOS, () -> groups.outgoing().add(ask()));
        } else {
            refused(failure);
        }
    }

    private void refused(RequestFailedException failure) {
        if (waiting.isEmpty()) {
            groups.refused(this, failure.answer().map(HubMessage::errorText).orElse(""));
        } else if (!isMember) {
            groups.forget(this);
        }
        fail(failure);
    }

    /** Whether the hub had no room just now. */
    private static boolean isPassing(RequestFailedException failure) {
        return failure.code() == ErrorCode.RATE_LIMITED.number() || failure.code() == ErrorCode.BUSY.number();
    }

    private void fail(RequestFailedException failure) {
        waiting.forEach(outcome -> outcome.failed(failure));
        waiting.clear();
    }
}
