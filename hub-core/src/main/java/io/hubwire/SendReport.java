// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.concurrent.CompletionStage;

/**
 * What became of one send, at the moment when it returned. Thread-safe.
 *
 * <p>Every target is either accepted (the message is in its outbox), or refused for one reason.
 */
public interface SendReport {
    /** Why a target did not get the message. */
    enum Refusal {
        /** Its session has ended. */
        CLOSED,
        /** Its outbox was full, and its policy dropped this message or ended the session. */
        OVERFLOW,
        /** The message was ephemeral and something waited. */
        SUPERSEDED
    }

    /** How accepted messages ended. */
    record Outcome(int written, int lost) {}

    /** How many recipients the audience had. */
    int targets();

    /** In how many outboxes the message is. */
    int accepted();

    /** How many targets refused it, for this reason. */
    int refused(Refusal reason);

    /** Whether every target accepted it. */
    default boolean isComplete() {
        return accepted() == targets();
    }

    /**
     * Completed, on a thread of the hub, when every accepted message was handed to the network or lost with its session; when the
     * hub has ended meanwhile, on whichever thread ended it or found that out. Never fails.
     */
    CompletionStage<Outcome> written();
}
