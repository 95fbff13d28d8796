// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import java.util.concurrent.CompletionStage;

/**
 * Is told what the hub does: for metrics, audit and test transcripts.
 *
 * <p>Calls come from any thread and may overlap. Those about what one client sends keep its order; those about what is sent to
 * it keep the order of each thread that sends, not that of the wire. They are made on the hub's paths, so they must be quick
 * and must not block or call the hub. What one throws is logged once per type of exception and otherwise ignored. {@code client}
 * is the client's public id.
 */
public interface HubObserver {
    /** Sees nothing. */
    HubObserver NONE = new HubObserver() {};

    /** A handshake was refused with an HTTP status. */
    default void handshakeRefused(int status) {}

    /** A session began. */
    default void clientConnected(String client) {}

    /** A session ended, for the hub's own reason. */
    default void clientDisconnected(String client, CloseReason reason) {}

    /** A session has lost its connection, or given it up, and goes on without. */
    default void clientDetached(String client, CloseReason reason) {}

    /** A session has a connection again. */
    default void clientResumed(String client) {}

    /** A message was received and decoded. {@code known} says whether a route is registered for it. */
    default void received(String client, String event, boolean known) {}

    /** A message of a client failed in a way that the client is told of. */
    default void failed(String client, String event, ErrorCode code) {}

    /** A handler or callback of the application threw what is not a {@code EventException}. */
    default void handlerFailed(String client, String event, String incident, Throwable failure) {}

    /**
     * A handler has returned a stage that has not completed: the client's lane waits for it, unless the event is out of band.
     *
     * @param end completes, always normally, when the message is answered or its time is over
     */
    default void handlerUnfinished(String client, String event, CompletionStage<?> end) {}

    /**
     * A message has entered a client's outbox, and may be written already. When several threads send to one client, the calls may
     * come in another order than the messages: keeping it would take a lock around every observer.
     *
     * @param frame what travels, shared by all recipients of a send
     */
    default void pushed(String client, String event, Frame frame) {}

    /**
     * A message was dropped by a client's outbox policy: it was pushed before and had to make room, or it never got in.
     *
     * @param frame what would have travelled
     */
    default void dropped(String client, String event, Frame frame) {}

    /** A send to an audience was carried out. */
    default void broadcast(String audience, String event, int accepted) {}
}
