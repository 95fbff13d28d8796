// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client of the hubwire.v1 profile knows of its session: the protocol's rules for numbers, written a second time. It
 * sends nothing. Thread-safe.
 */
final class SessionPosition {
    private static final int ACKNOWLEDGED_AFTER = 32;

    /**
     * How a hello was answered.
     *
     * @param reason why the session is none that the client had; empty if it is one
     */
    record Welcome(boolean isResumed, String reason) {
        @Override
        public String toString() {
            return isResumed ? "resumed" : "a new session, because of '" + reason + "'";
        }
    }

    @GuardedBy("this")
    private Optional<Claim> claimed = Optional.empty();

    @GuardedBy("this")
    private Optional<Welcome> welcome = Optional.empty();

    @GuardedBy("this")
    private String session = "";

    @GuardedBy("this")
    private long last;

    @GuardedBy("this")
    private long acknowledged;

    @GuardedBy("this")
    private int duplicates;

    @GuardedBy("this")
    private boolean isLookedAt = true;

    @GuardedBy("this")
    private boolean isSilent;

    /** Another connection is asked for; the answer to an earlier hello counts no more. */
    synchronized void greets(Optional<Claim> claim) {
        claimed = claim;
        welcome = Optional.empty();
    }

    /**
     * The hello is answered; returns the client's public id.
     *
     * @throws IllegalStateException if the answer contradicts the hello, or another one
     */
    synchronized String greeted(JsonNode answer) {
        boolean isResumed = answer.path("resumed").asBoolean();
        long seq = answer.path("seq").asLong(-1);
        require(welcome.isEmpty(), "answered a hello twice", answer);
        require(answer.path("client").isTextual() && answer.path("session").isTextual(), "named no session", answer);
        require(answer.path("resumed").isBoolean(), "did not say whether the session is resumed", answer);
        require(
                seq == (isResumed ? claimed.map(Claim::number).orElse(-1L) : 0),
                "goes on from a number that the client did not give",
                answer);
        require(isResumed != answer.path("reason").isTextual(), "gave a reason without need, or none", answer);
        welcome = Optional.of(new Welcome(isResumed, answer.path("reason").asText()));
        isLookedAt = isResumed || claimed.isEmpty();
        session = answer.path("session").asText();
        last = seq;
        acknowledged = seq;
        return answer.path("client").asText();
    }

    /**
     * A counted message arrives; returns whether it is news.
     *
     * @throws IllegalStateException if there is a hole before it
     */
    synchronized boolean counts(long number, String frame) {
        if (number <= last) {
            duplicates++;
            return false;
        }
        if (number != last + 1) {
            throw new IllegalStateException("the hub left a hole: the client has everything up to #" + last
                    + ", and the next is #" + number + ": " + frame);
        }
        last = number;
        return true;
    }

    /**
     * The hub says what the client will not get; returns whether it is news.
     *
     * @throws IllegalStateException if there is a hole before it
     */
    synchronized boolean misses(long from, long to, String frame) {
        if (from > last + 1 || from > to) {
            throw new IllegalStateException(
                    "the hub left a hole, or told of an empty gap: the client has everything up to" + " #" + last
                            + ", and the gap is " + from + "–" + to + ": " + frame);
        }
        boolean isNews = to > last;
        last = Math.max(last, to);
        return isNews;
    }

    synchronized Optional<Welcome> welcome() {
        return welcome;
    }

    synchronized void looked() {
        isLookedAt = true;
    }

    /** A session that was claimed is lost, and the test has not looked. */
    synchronized Optional<Welcome> unseenLoss() {
        return isLookedAt ? Optional.empty() : welcome;
    }

    /** By what the session is claimed; empty if none has begun. */
    synchronized String session() {
        return session;
    }

    synchronized long last() {
        return last;
    }

    synchronized int duplicates() {
        return duplicates;
    }

    synchronized void acknowledges(boolean choice) {
        isSilent = !choice;
    }

    /** Whether enough has come to be acknowledged at once. */
    synchronized boolean isAcknowledgementDue() {
        return !isSilent && last - acknowledged >= ACKNOWLEDGED_AFTER;
    }

    /** Whether anything is to be acknowledged in a while. */
    synchronized boolean isAcknowledgementOwed() {
        return !isSilent && last > acknowledged;
    }

    /** What is to be acknowledged now, if it was not. */
    synchronized OptionalLong acknowledge() {
        if (last == acknowledged) {
            return OptionalLong.empty();
        }
        acknowledged = last;
        return OptionalLong.of(last);
    }

    private static void require(boolean holds, String otherwise, JsonNode answer) {
        if (!holds) {
            throw new IllegalStateException("the hub " + otherwise + ": " + answer);
        }
    }
}
