// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.CloseReason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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
     * Makes it a member of a group: the server's own decision, no policy is asked. Callbacks run before this returns.
     *
     * @return whether it was not a member before; false if the session has ended
     * @throws IllegalArgumentException if the name is not valid
     * @throws io.hubwire.protocol.EventException 1202 if it is in as many groups as it may be
     */
    boolean join(String group);

    /**
     * Ends its membership of a group. Callbacks run before this returns.
     *
     * @return whether it was a member
     */
    boolean leave(String group);

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

    /** Ends the session behind what waits for it; the client is told {@code kick} first if that is installed. */
    void kick(CloseReason reason);

    /** Ends the session behind what waits for it. */
    void close(CloseReason reason);
}
