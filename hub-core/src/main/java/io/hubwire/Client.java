// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * One session of one device, from its connect until the hub ends it.
 *
 * <p>Thread-safe; equal only to itself. After the end, sends are refused, and what it carried stays readable.
 */
public interface Client {
    /** A rule for {@link Route#allow}: the client's user has this role. */
    static Predicate<Client> hasRole(String role) {
        return client -> client.user().map(user -> user.hasRole(role)).orElse(false);
    }

    /** The public id: unique, random, safe to show. */
    String id();

    /** The hub that it belongs to. */
    Hub hub();

    /** Who it is, if anybody. */
    Optional<User> user();

    /**
     * Who it is.
     *
     * @throws io.hubwire.protocol.EventException 1101 if it is anonymous
     */
    User requireUser();

    /** The peer's IP address as text. */
    Optional<String> remoteAddress();

    /** What the handshake's {@code User-Agent} said. */
    Optional<String> userAgent();

    /** When the session began. */
    Instant connectedAt();

    /** When anything was last received from it. */
    Instant lastSeenAt();

    /** Whether the session goes on. */
    boolean isConnected();

    /**
     * Whether its connection is lost and it has not come back yet, which only clients of the {@code hubwire.v1} profile do: it is
     * still in its groups, and what is sent to it is kept for it, see {@link ResumePolicy}.
     */
    boolean isAway();

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
     * Asks the client, which answers in its own time; never blocks. A question is sent like an event: once, in order with what else
     * is sent to the client, and kept for it while it {@linkplain #isAway is away}; its time goes on meanwhile.
     *
     * <p>The stage completes on the hub's executor, a tenth of a second after the timeout at the latest: with the answer, which the hub's
     * validator has judged, and which is null only if its type is {@code Void}; or with a {@link
     * io.hubwire.protocol.QuestionFailedException}, which says why there is none. It fails at once for a client of the classic profile,
     * if too many questions are {@linkplain InboundLimits#openQuestions open}, and when the session ends; a question that the {@link
     * OutboxPolicy} drops later has no answer in time. Answers do not wait for the client's handlers; one that comes late is ignored.
     *
     * @param timeout counts from now; more than zero and at most 365 days
     * @throws IllegalArgumentException if the question cannot be written, or the timeout is out of range
     */
    <Q, A> CompletionStage<A> ask(RequestType<Q, A> type, Q question, Duration timeout);

    /** Asks without a payload; otherwise like {@link #ask(RequestType, Object, Duration)}. */
    <A> CompletionStage<A> ask(RequestType<Void, A> type, Duration timeout);

    /**
     * Asks and waits, for a handler's thread: unlike waiting for the stage of {@link #ask(RequestType, Object, Duration)}, it needs no other
     * thread of the hub's executor. The handler's own {@link Route#timeout} goes on meanwhile. Not for a {@link Route#nonBlocking}
     * handler, nor under a lock.
     *
     * @return the answer, null only if its type is {@code Void}
     * @throws io.hubwire.protocol.QuestionFailedException if there is none
     * @throws InterruptedException if the thread is interrupted; then the answer is ignored
     * @throws IllegalArgumentException if the question cannot be written, or the timeout is out of range
     */
    <Q, A> A askAndWait(RequestType<Q, A> type, Q question, Duration timeout) throws InterruptedException;

    /** Asks without a payload and waits; otherwise like {@link #askAndWait(RequestType, Object, Duration)}. */
    <A> A askAndWait(RequestType<Void, A> type, Duration timeout) throws InterruptedException;

    /**
     * Makes it a member of a group: the server's own decision, no policy is asked. Callbacks run before this returns.
     *
     * @return whether it was not a member before; false if the session has ended
     * @throws IllegalArgumentException if the name is not valid
     * @throws io.hubwire.protocol.EventException 1202 if it is in as many groups as it may be
     */
    boolean join(String group);

    /**
     * Ends its membership of a group: the server's own decision, of which a client of the {@code hubwire.v1} profile is told, with
     * {@code removed} for the reason. Callbacks run before this returns.
     *
     * @return whether it was a member
     */
    boolean leave(String group);

    /**
     * Ends its membership of a group as {@link #leave(String)} does, for a reason that a client of the {@code hubwire.v1} profile is
     * told: a word for its program, not a text for people.
     *
     * @return whether it was a member
     */
    boolean leave(String group, String reason);

    /** The groups that it is a member of, in the order of joining; a snapshot. */
    Set<String> groups();

    /** Whether it is a member of a group. */
    boolean isIn(String group);

    /**
     * The members of a group that this client is a member of.
     *
     * @throws io.hubwire.protocol.EventException 1103 if it is not
     */
    Audience group(String group);

    /**
     * The other members of a group that this client is a member of.
     *
     * @throws io.hubwire.protocol.EventException 1103 if it is not
     */
    Audience others(String group);

    /** A value that it carries. */
    <T> Optional<T> get(AttributeKey<T> key);

    /** Lets it carry a value. */
    <T> void set(AttributeKey<T> key, T value);

    /** Takes a value away. */
    void remove(AttributeKey<?> key);

    /**
     * Ends the session behind what waits for it; the client is told {@code kick} first if that is installed. For which reasons a session
     * that resumes goes on all the same, without the notice: see {@link #close}.
     */
    void kick(CloseReason reason);

    /**
     * Ends the session behind what waits for it. A session of the {@code hubwire.v1} profile that can be resumed goes on, however, where
     * the reason lets the client come back to it ({@link CloseReason#keepsSession()}): then only its connection is given up at once,
     * without what waits, which is kept for the next one, and {@code onDetach} follows; one that is away stays so. To end such a
     * session, use another reason, such as {@link CloseReason#NORMAL} or {@link CloseReason#KICKED}.
     */
    void close(CloseReason reason);
}
