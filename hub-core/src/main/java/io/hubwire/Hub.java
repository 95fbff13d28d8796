// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.internal.DefaultHubBuilder;
import io.hubwire.spi.ConnectionAcceptor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The clients of this node and the ways to reach them. Thread-safe; not meant to be implemented outside this library.
 *
 * <p>No call blocks, except {@link #close()}. A send never runs a handler or a callback on the caller's thread.
 */
public interface Hub extends AutoCloseable {
    /** What became of a shutdown. {@code aborted} sessions did not end in time and were cut. */
    record ShutdownReport(int sessions, int aborted) {}

    /** Begins a new hub. */
    static HubBuilder builder() {
        return new DefaultHubBuilder();
    }

    /**
     * Closes registration and begins to accept connections. Idempotent, and without effect after a shutdown. An adapter does this when
     * it deploys the hub.
     */
    void start();

    /** Everybody. */
    Audience all();

    /**
     * The members of a group; empty while it has none.
     *
     * @throws IllegalArgumentException if the name is not valid
     */
    Audience group(String group);

    /** The members of any of these groups, each once. */
    Audience groups(String... groups);

    /** Every session of a user. */
    Audience user(String userId);

    /** One client by its id. */
    Audience client(String clientId);

    /** Everybody on this node, to be narrowed by a predicate. */
    LocalAudience local();

    /** A client of this node by its id. */
    Optional<Client> find(String clientId);

    /** Who is here. */
    Online online();

    /**
     * Ends every session of a user with 4301, because the credential is not valid any more: those with a connection and those that are
     * kept for one that comes back. At once: what waits for these clients is not sent. So do those of the user that begin behind this
     * call, if their credential was looked at before it.
     *
     * <p>Who comes back is judged by the authenticator like anybody else. So let it know first, and let it refuse the credential, with
     * 401 or 403; a client of the {@code hubwire.v1} profile is then closed with 4001 or 4003.
     *
     * @return how many sessions
     */
    int revokeUser(String userId);

    /** The hub's clock and timers, for applications. */
    Timers timers();

    /** The events that this hub knows. */
    EventRegistry events();

    /** The hub as an adapter sees it. */
    ConnectionAcceptor acceptor();

    /**
     * Ends everything in order: refuses new connections and new events, lets running handlers finish and queues drain, closes
     * every session with 1012, in slices, and cuts what is left when the grace is over. Clients of the {@code hubwire.v1} profile are
     * closed with 4202, and told before when to come back: each at a time of its own, spread over a second or more, as long as the
     * hub's rate of handshakes would take, and within the grace.
     *
     * @param grace how long it may take
     * @return completed, on a thread of the hub, when all sessions have ended and the application was told of every user who went;
     *     repeated calls return the same
     * @throws IllegalArgumentException if the grace is negative, or more than 365 days
     */
    CompletionStage<ShutdownReport> shutdown(Duration grace);

    /** Shuts down with the builder's grace, to which a shutdown that has begun is shortened, and waits for the end. Idempotent. */
    @Override
    void close();
}
