// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.User;
import io.hubwire.client.Gap;
import io.hubwire.client.GroupLeft;
import io.hubwire.client.SessionStart;
import io.hubwire.client.internal.Incoming.Body;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What hub and client say to each other in one session: takes each envelope to where it belongs, and keeps the position. Used from the
 * lane only, but for the listeners.
 */
final class Conversation {
    private final ClientContext context;
    private final Outgoing outgoing;
    private final QueueRoom room;
    private final TokenSource tokens;
    private final SessionPosition position = new SessionPosition();
    private final Acknowledger acknowledger;
    private final Requests requests;
    private final Questions questions;
    private final Groups groups;
    private final EventHandlers handlers;
    private final Listeners<SessionStart> sessions = new Listeners<>();
    private final Listeners<Gap> gaps = new Listeners<>();
    private final Listeners<GroupLeft> departures = new Listeners<>();

    Conversation(ClientContext context, QueueRoom room, TokenSource tokens) {
        this.context = context;
        this.room = room;
        this.tokens = tokens;
        this.outgoing = new Outgoing(context.lane(), room);
        this.acknowledger = new Acknowledger(context.timer(), () -> sayPosition("hub/ack"));
        this.requests = new Requests(context, outgoing);
        this.questions = new Questions(context, outgoing);
        this.groups = new Groups(context, requests, outgoing, this::tellLeft);
        this.handlers = new EventHandlers(context.dispatch());
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Requests requests() {
        return requests;
    }

    Questions questions() {
        return questions;
    }

    Groups groups() {
        return groups;
    }

    EventHandlers handlers() {
        return handlers;
    }

    Listeners<SessionStart> sessions() {
        return sessions;
    }

    Listeners<Gap> gaps() {
        return gaps;
    }

    Listeners<GroupLeft> departures() {
        return departures;
    }

    String hello(String token) {
        return context.wire().hello(token, position.secret(), position.last());
    }

    /** The hub has answered the hello. The order is that of the protocol: open requests, groups, then what waits. */
    void begin(Body hello, boolean isResumed) {
        String secret = hello.field("session").asText("");
        room.limitMessage(hello.field("limits").field("messageBytes").asLong(0));
        if (isResumed) {
            position.resumed(secret);
            requests.resumed();
            groups.resumed(names(hello.field("groups")));
        } else {
            SessionStart start = start(hello);
            context.dispatch().deliver(() -> sessions.tell(start));
            position.began(secret, hello.field("seq").asLong(0));
            outgoing.forgetAnswers();
            questions.restarted();
            requests.lost();
            groups.joinAgain();
        }
        outgoing.open(isResumed ? positionOf("hub/ack") : ""); // the hub then knows that its answer has arrived
    }

    private static Set<String> names(Body groups) {
        return groups.bind(String[].class) instanceof String[] names ? new HashSet<>(Arrays.asList(names)) : Set.of();
    }

    private static SessionStart start(Body hello) {
        return new SessionStart(
                hello.field("reason").asText(""), hello.field("client").asText(""), user(hello.field("user")));
    }

    private static Optional<User> user(Body user) {
        String id = user.field("id").asText("");
        return id.isBlank() || id.length() > User.MAX_ID_LENGTH
                ? Optional.empty()
                : Optional.of(new User(id, user.field("name").asText(id), Set.of()));
    }

    /** The number of the last message that was applied. */
    long last() {
        return position.last();
    }

    /** The connection is gone; the session may go on. */
    void pause() {
        acknowledger.told();
    }

    /** The session cannot be resumed. */
    void forget() {
        position.forget();
    }

    void close(boolean isMuted) {
        if (isMuted) {
            context.dispatch().mute();
        }
        room.close();
        groups.close();
        requests.close();
        outgoing.clear();
    }

    void ping() {
        acknowledger.told();
        sayPosition("hub/ping");
    }

    private void sayPosition(String event) {
        outgoing.control(positionOf(event));
    }

    private String positionOf(String event) {
        return context.wire().position(event, position.last());
    }

    /** An envelope, with its number or 0; returns whether it fits to what came before. */
    boolean received(Incoming envelope, long number) {
        if (envelope.event().equals("hub/gap")) {
            return skipped(envelope.body());
        }
        if (number > 0) {
            SessionPosition.Verdict verdict = position.take(number);
            if (verdict != SessionPosition.Verdict.APPLY) {
                return verdict == SessionPosition.Verdict.SEEN;
            }
            acknowledger.applied();
        }
        apply(envelope);
        return true;
    }

    private boolean skipped(Body body) {
        Gap gap = new Gap(
                body.field("from").asLong(0),
                body.field("to").asLong(0),
                body.field("reason").asText(""));
        if (gap.from() < 1 || gap.to() < gap.from()) {
            return false;
        }
        SessionPosition.Verdict verdict = position.skip(gap.from(), gap.to());
        if (verdict == SessionPosition.Verdict.APPLY) {
            acknowledger.applied();
            context.dispatch().deliver(() -> gaps.tell(gap));
        }
        return verdict != SessionPosition.Verdict.HOLE;
    }

    private void apply(Incoming envelope) {
        String ask = envelope.ask();
        if (envelope.isControl()) {
            control(envelope);
        } else if (ask != null) {
            questions.asked(envelope, ask);
        } else if (envelope.id() != null) {
            requests.answered(envelope.id(), envelope);
        } else {
            handlers.received(envelope);
        }
    }

    /** What a later hub may say besides is ignored. */
    private void control(Incoming envelope) {
        switch (envelope.event()) {
            case "hub/auth-expiring" -> authenticate();
            case "hub/left" -> left(envelope.body());
            default -> {
                if (envelope.code() != 0 && !isAnswer(envelope)) {
                    handlers.refused(envelope);
                }
            }
        }
    }

    /** To a request that the hub could not even read. */
    private boolean isAnswer(Incoming envelope) {
        return envelope.id() != null && requests.answered(envelope.id(), envelope);
    }

    private void authenticate() {
        tokens.beforeExpiry(token -> outgoing.control(context.wire().authentication(token, requests.nextId())));
    }

    private void left(Body body) {
        groups.left(
                new GroupLeft(body.field("id").asText(""), body.field("reason").asText("")));
    }

    private void tellLeft(GroupLeft departure) {
        context.dispatch().deliver(() -> departures.tell(departure));
    }
}
