// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A description of recipients: reusable, and resolved anew at each send. Immutable and thread-safe.
 *
 * <p>A recipient gets a message once, however many parts of the description fit it; a client whose session begins while the message is
 * being sent does not get it. Sends never block and never fail because of a recipient: see the {@link SendReport}.
 */
public interface Audience {
    /** These and those. */
    Audience and(Audience other);

    /** These without those. */
    Audience except(Audience others);

    /** These without some clients. */
    Audience except(Client... clients);

    /** Those of these who carry the value. */
    <T> Audience where(AttributeKey<T> key, T value);

    /** Sends an event. */
    <T> SendReport send(EventType<T> type, T payload);

    /** Sends an event without a payload. */
    SendReport send(EventType<Void> type);

    /**
     * Sends an event by its name.
     *
     * @throws IllegalArgumentException if the name is not valid, or declared with another class
     */
    SendReport send(String event, Object payload);

    /**
     * Asks each of them, as {@link Client#ask(RequestType, Object, Duration)} does.
     *
     * <p>The stage never fails. It completes on the hub's executor when all have answered or failed, a tenth of a second after the timeout
     * at the latest; at once if there is nobody. Clients of the classic profile are among the failures.
     *
     * @throws IllegalArgumentException if the question cannot be written, or the timeout is out of range
     */
    <Q, A> CompletionStage<Answers<A>> askEach(RequestType<Q, A> type, Q question, Duration timeout);

    /** Asks each of them without a payload; otherwise like {@link #askEach(RequestType, Object, Duration)}. */
    <A> CompletionStage<Answers<A>> askEach(RequestType<Void, A> type, Duration timeout);

    /**
     * Asks each of them for the first answer, as {@link Client#ask(RequestType, Object, Duration)} does. The others are not told that
     * one was quicker: their questions stay open until they have answered, to no effect, or their time is over.
     *
     * <p>The stage completes on the hub's executor with the first answer, or, when all have failed, with the last failure, a {@link
     * io.hubwire.protocol.QuestionFailedException}: of {@code NOT_SENT} if there was nobody to ask.
     *
     * @throws IllegalArgumentException if the question cannot be written, or the timeout is out of range
     */
    <Q, A> CompletionStage<A> askFirst(RequestType<Q, A> type, Q question, Duration timeout);

    /** Asks each of them without a payload for the first answer; otherwise like {@link #askFirst(RequestType, Object, Duration)}. */
    <A> CompletionStage<A> askFirst(RequestType<Void, A> type, Duration timeout);

    /**
     * Ends these sessions, each behind what waits for it; clients are told {@code kick} first if that is installed. For which reasons
     * some only lose their connections: see {@link Client#close}.
     *
     * @return how many
     */
    int kick(CloseReason reason);

    /**
     * Ends these sessions, each behind what waits for it. For which reasons some only lose their connections: see {@link Client#close}.
     *
     * @return how many
     */
    int close(CloseReason reason);

    /** The recipients on this node at this moment. */
    List<Client> clients();

    /** How many recipients there are on this node at this moment. */
    int size();
}
