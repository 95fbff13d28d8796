// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import io.hubwire.spi.MessageCodec;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Makes a {@link Hub}. A builder is for one thread and makes one hub; after that every setting is refused with an
 * {@link IllegalStateException}.
 *
 * <p>Every setting has a safe default, and a bad one fails at the call with its name, its value and what is allowed; what only
 * the whole can tell fails in {@link #build()}.
 */
public interface HubBuilder extends Routes<HubBuilder> {
    /** Told of a client. User code: may block; runs in the client's order unless said otherwise. */
    @FunctionalInterface
    interface ClientListener {
        /** Called once for each occasion. */
        void on(Client client) throws Exception;
    }

    /** Asked whether a client may still have what it has. */
    @FunctionalInterface
    interface ResumeCheck {
        /** Completes when the client may go on. */
        CompletionStage<?> beforeResume(Client client);
    }

    /** Called with a client and why its session, or its connection, ended. */
    @FunctionalInterface
    interface DisconnectListener {
        /** Called once for each session. */
        void on(Client client, CloseReason reason) throws Exception;
    }

    /** Told of a client that entered or left a group. */
    @FunctionalInterface
    interface GroupListener {
        /** Called once for each occasion. */
        void on(Client client, String group) throws Exception;
    }

    /** Told of a user who came or went. */
    @FunctionalInterface
    interface UserListener {
        /** Called once for each occasion. */
        void on(User user) throws Exception;
    }

    /** Installs features, in this order. */
    HubBuilder install(HubModule... modules);

    /** Wraps every event; the first that was added is the outermost. */
    HubBuilder use(Middleware... middleware);

    /**
     * Who may connect, and as whom; default: everybody, anonymously. May block; runs on the thread that delivers the handshake. A
     * throw refuses with 401, or 403 if it is an {@code EventException} of {@code FORBIDDEN}.
     *
     * <p>A client of the {@code hubwire.v1} profile is judged when it has greeted, on the hub's executor, and again whenever it comes back
     * or brings another credential: then name and roles of its user and the expiry are those of the last admission, which must be of the
     * same user; everything else stays as it was.
     */
    HubBuilder authenticator(Authenticator authenticator);

    /** Who may connect, and as whom, answered later; a stage that fails refuses as a throw does. */
    HubBuilder authenticatorAsync(AsyncAuthenticator authenticator);

    /** How dead peers are found; default {@link HeartbeatPolicy#serverPing()}. */
    HubBuilder heartbeat(HeartbeatPolicy policy);

    /** How much may wait for a client and what happens beyond; default {@link OutboxPolicy#defaults()}. */
    HubBuilder outbox(OutboxPolicy policy);

    /**
     * What is kept for clients of the {@code hubwire.v1} profile whose connection is lost, and when they are asked to come back; default
     * {@link ResumePolicy#defaults()}.
     *
     * @throws IllegalStateException after {@link #build()}
     */
    HubBuilder resume(ResumePolicy policy);

    /** What one client may send; default {@link InboundLimits#defaults()}. */
    HubBuilder limits(InboundLimits limits);

    /** How many may connect; default {@link ConnectionLimits#defaults()}. */
    HubBuilder connections(ConnectionLimits limits);

    /** How many sessions a user may have at a time; default {@link LoginPolicy#ANY_NUMBER}. */
    HubBuilder login(LoginPolicy policy);

    /** Judges every payload after it is bound; default: none. */
    HubBuilder validator(PayloadValidator validator);

    /** Sends this event to a client before it is kicked; default: none. {@link StandardEvents#kick()} installs HotGo's. */
    HubBuilder announceKick(EventType<Void> event);

    /** Sends -1 instead of every error's number to classic clients, as HotGo's front end knows only 0 and -1; default off. */
    HubBuilder classicErrorsAsMinusOne();

    /**
     * Called before the first event of a session, which is then already online. A throw refuses the client: the session ends
     * with 4102, or with 4001 or 4003 if it is an {@code EventException} of 1101 or 1103, and {@code onDisconnect} follows. One that
     * takes longer than {@link InboundLimits#handlerTime()} is interrupted, and the session ends with 4102.
     */
    HubBuilder onConnect(ClientListener listener);

    /**
     * Called once for each session, after its last handler; where there is an {@link #onConnect}, only if its turn for that came: one
     * that ends before is told to neither. The client is no longer online; its groups and attributes are still readable. A throw is
     * logged. One that takes longer than {@link InboundLimits#handlerTime()} is interrupted.
     */
    HubBuilder onDisconnect(DisconnectListener listener);

    /**
     * Called when a session has lost its connection and is kept, see {@link ResumePolicy}, in the order of the client's events. A throw
     * is logged. One that takes longer than {@link InboundLimits#handlerTime()} is interrupted.
     */
    HubBuilder onDetach(DisconnectListener listener);

    /**
     * Called when a session has a connection again, in the order of the client's events; what was sent to it meanwhile is on its way.
     * Behind {@link #onDetach}, or without one where the client has come back before the hub noticed that its last connection was dead.
     * A throw is logged. One that takes longer than {@link InboundLimits#handlerTime()} is interrupted.
     */
    HubBuilder onResume(ClientListener listener);

    /**
     * Asked before a session goes on over another connection: takes away what the client may not have any more, such as groups. The
     * client's messages wait for the stage. If it fails, or takes longer than {@link ConnectionLimits#admissionTime()}, the claim fails:
     * the connection is closed with 4102.
     */
    HubBuilder beforeResume(ResumeCheck check);

    /**
     * Called when a client has entered a group that the pattern matches, on the thread that joined it and before the join
     * returns: what is sent from here comes before any send to the group that begins afterwards; one that another thread makes
     * meanwhile may come first, since the client is a member already. An application whose state must come before what changes it
     * holds its own lock over both. Of the groups of its {@link Admission#join admission} it is told behind {@code onConnect}, if that
     * does not refuse it, though it is a member before. A throw is logged.
     */
    HubBuilder onJoined(String pattern, GroupListener listener);

    /**
     * Called when a client has left a group that the pattern matches, or its session has ended; not for a group of which {@code
     * onJoined} was not told. A throw is logged.
     */
    HubBuilder onLeft(String pattern, GroupListener listener);

    /**
     * Called when a user's first session has begun. Calls for one user alternate with {@link #onUserOffline}, keep their order and
     * never overlap; a user who goes and comes back, or comes and goes, before the application can be told is not told of. A throw is
     * logged.
     */
    HubBuilder onUserOnline(UserListener listener);

    /** Called when a user's last session has ended, as {@link #onUserOnline} is. A shutdown waits for it within its grace. */
    HubBuilder onUserOffline(UserListener listener);

    /** How text becomes envelopes; default: Jackson, strict. */
    HubBuilder codec(MessageCodec codec);

    /** Is told what the hub does; may be called several times. */
    HubBuilder observer(HubObserver observer);

    /** Where threads, time and randomness come from; default: real ones. */
    HubBuilder runtime(HubRuntime runtime);

    /**
     * How long {@link Hub#close()} waits for handlers and queues; default 10 s.
     *
     * @throws IllegalArgumentException if it is not positive, or more than 365 days
     */
    HubBuilder shutdownGrace(Duration grace);

    /**
     * Makes the hub. Events can still be registered through {@link Hub#events()} until it starts.
     *
     * @throws IllegalArgumentException if settings contradict each other
     * @throws IllegalStateException if called a second time
     */
    Hub build();
}
