// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.CloseReason;
import java.util.List;

/**
 * A description of recipients: reusable, and resolved anew at each send. Immutable and thread-safe.
 *
 * <p>A recipient gets a message once, however many parts of the description fit it. Sends never block and never fail because of
 * a recipient: see the {@link SendReport}.
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
     * Ends these sessions, each behind what waits for it; clients are told {@code kick} first if that is installed.
     *
     * @return how many
     */
    int kick(CloseReason reason);

    /**
     * Ends these sessions, each behind what waits for it.
     *
     * @return how many
     */
    int close(CloseReason reason);

    /** The recipients on this node at this moment. */
    List<Client> clients();

    /** How many recipients there are on this node at this moment. */
    int size();
}
