// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session with a hub, over as many connections as it takes.
 *
 * <p><b>Delivery.</b> While the session is resumed, every counted message of the hub is handed over once and in order. When it cannot
 * be, the client is told: by {@link #onGap} of messages that the hub dropped, by {@link #onSession} of a session that began anew.
 * Volatile messages may be lost. An event that is sent reaches the hub at most once; a request's handler runs at most once, and a
 * request of which nobody knows whether it ran fails with {@link RequestFailedException.Cause#OUTCOME_UNKNOWN}.
 *
 * <p><b>Callbacks.</b> All handlers, listeners, the token source and the completions of requests run one at a time, in the order in
 * which things happened, on the executor given to the builder, never under a lock. One that blocks holds back the others, not the
 * connection; one that waits for an answer of the same client waits in vain. What a callback throws is logged, and the next goes on.
 * When more than 1,024 wait, the connection is let go after a second; the client comes back when half of them are done.
 *
 * <p><b>Sending.</b> No method blocks. What is sent while there is no connection waits, in order, within the limits of the builder.
 *
 * <p>Thread-safe.
 */
public interface HubClient extends AutoCloseable {
    /** A client for the hub at this address, {@code ws} or {@code wss}. */
    static HubClientBuilder builder(URI uri) {
        return new HubClientBuilder(uri);
    }

    /**
     * Hands the payload of each message of this event to the handler; null if it has none. Several handlers run in the order of their
     * registration. A payload that does not fit its type is logged, and not handed over.
     *
     * @throws IllegalArgumentException if the name is registered with another payload type
     */
    <T> Subscription on(EventType<T> type, Consumer<? super T> handler);

    /** The same by name; the name's rules are those of {@link EventType}. */
    default <T> Subscription on(String event, Class<T> payload, Consumer<? super T> handler) {
        return on(EventType.of(event, payload), handler);
    }

    /** The same for the next message only. */
    <T> Subscription once(EventType<T> type, Consumer<? super T> handler);

    /** Hands over each message that is neither an answer nor a question, before the handlers of its event. */
    Subscription onAny(Consumer<? super HubMessage> handler);

    /** Hands over what the hub refused: errors that belong to no request. */
    Subscription onError(Consumer<? super HubMessage> handler);

    /** Tells each change of the connection's state. */
    Subscription onState(Consumer<? super StateChange> listener);

    /** Tells of each new session, the first one too, before any of its messages: fetch your state (again). */
    Subscription onSession(Consumer<? super SessionStart> listener);

    /** Tells of counted messages that the hub dropped, in their place between the others. Fetch your state again. */
    Subscription onGap(Consumer<? super Gap> listener);

    /** Tells when the hub has taken this client out of a group, or did not let it in again in a new session. */
    Subscription onLeft(Consumer<? super GroupLeft> listener);

    /**
     * Answers the hub's questions of this name with what the function returns. A function that throws answers with an error; the hub does
     * not see its message.
     *
     * @throws IllegalStateException if questions of this name are answered already
     */
    <Q, A> Subscription answer(RequestType<Q, A> question, Function<? super Q, ? extends @Nullable A> handler);

    /** The same for an answer that comes later. Other callbacks go on meanwhile. */
    <Q, A> Subscription answerAsync(
            RequestType<Q, A> question, Function<? super Q, ? extends CompletionStage<? extends @Nullable A>> handler);

    /** Sends an event without a payload. */
    SendOutcome send(EventType<Void> type);

    /**
     * Sends an event. It reaches the hub at most once, in the order of the calls of one thread.
     *
     * @throws IllegalArgumentException if the payload cannot be written as JSON
     */
    <T> SendOutcome send(EventType<T> type, @Nullable T payload);

    /** The same by name. */
    SendOutcome send(String event, @Nullable Object payload);

    /** As below, with the timeout of the builder. */
    <Q, A> CompletionStage<A> request(RequestType<Q, A> type, @Nullable Q payload);

    /**
     * Sends a request. It is sent again, under the same id, when the session is resumed before its answer came, and its handler runs once
     * all the same.
     *
     * @param timeout counts from now
     * @return completes with the answer's data, null if it has none, or with a {@link RequestFailedException}
     * @throws IllegalArgumentException if the payload cannot be written as JSON, or the timeout is not positive
     */
    <Q, A> CompletionStage<A> request(RequestType<Q, A> type, @Nullable Q payload, Duration timeout);

    /** The same by name, with the timeout of the builder. */
    default <A> CompletionStage<A> request(String event, @Nullable Object payload, Class<A> answer) {
        return request(RequestType.of(event, Object.class, answer), payload);
    }

    /**
     * Joins a group, now and again in each session that begins anew, until {@link #leave}. Waits for the hub as long as it takes.
     *
     * @return completes with the groups of this client, or with a {@link RequestFailedException}: if the hub refuses, the group is forgotten
     */
    CompletionStage<List<String>> join(String group);

    /**
     * Leaves a group, and forgets it. Waits for the hub as long as it takes.
     *
     * @return completes with the groups of this client; empty if its session ended first
     */
    CompletionStage<List<String>> leave(String group);

    /** The groups that this client wants to be in. */
    List<String> groups();

    /** The connection's state at this moment. */
    ConnectionState state();

    /**
     * Ends the session: says goodbye to the hub, fails what is open, and calls no handler any more, but the state listeners with
     * {@link ConnectionState#CLOSED} and the completions of requests. Returns at once. A second call does nothing.
     */
    @Override
    void close();
}
