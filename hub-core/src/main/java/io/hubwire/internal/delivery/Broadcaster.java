// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import io.hubwire.EventType;
import io.hubwire.LocalAudience;
import io.hubwire.RequestType;
import io.hubwire.SendReport;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.internal.session.SendTally;
import io.hubwire.internal.session.SessionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends one message to many: encoded once, offered to each recipient's outbox. Thread-safe. */
public final class Broadcaster {
    /**
     * How many recipients of one send the sender writes to by itself, because handing over costs more than a write does; the rest
     * of a larger audience goes to the writers.
     */
    private static final int WRITTEN_BY_SENDER = 64;

    private final SessionContext context;
    private final Selection.Sources sources;

    /** Sends to the sessions of this directory and their groups. */
    public Broadcaster(SessionContext context, ClientDirectory<ClientSession> clients) {
        this.context = context;
        this.sources = new Selection.Sources(clients, context.groups());
    }

    /** Everybody. */
    public LocalAudience all() {
        return new SelectedAudience(this, new Selection.All());
    }

    /** The members of a group. */
    public LocalAudience group(String name) {
        return new SelectedAudience(this, new Selection.Group(name));
    }

    /** The members of any of these groups. */
    public LocalAudience groups(String... names) {
        List<Selection> parts =
                Stream.of(names).<Selection>map(Selection.Group::new).toList();
        return new SelectedAudience(this, new Selection.Union(parts));
    }

    /** The sessions of a user. */
    public LocalAudience user(String userId) {
        return new SelectedAudience(this, new Selection.OfUser(userId));
    }

    /** One session. */
    public LocalAudience client(String clientId) {
        return new SelectedAudience(this, new Selection.One(clientId));
    }

    EventType<?> typeOf(String event, Object payload) {
        return context.messages().typeOf(event, payload);
    }

    SendReport send(Selection selection, EventType<?> type, @Nullable Object payload) {
        SendTally tally = new SendTally(context);
        Outgoing message = context.messages().push(type, payload, tally);
        long newest = sources.clients().newest();
        selection.forEach(sources, session -> {
            if (session.serial() <= newest) { // whoever comes meanwhile may have had it in the session before
                tally.offer(session, message, tally.targets() < WRITTEN_BY_SENDER);
            }
        });
        SendReport report = tally.closed();
        if (context.isObserved()) {
            context.observer().broadcast(selection.toString(), type.name(), report.accepted());
        }
        return report;
    }

    <A> QuestionRound<A> ask(Selection selection, RequestType<?, A> type, @Nullable Object data, Duration timeout) {
        QuestionRound<A> round = new QuestionRound<>(context, type, data, timeout);
        List<ClientSession> sessions = resolve(selection);
        for (int i = 0; i < sessions.size(); i++) {
            round.ask(sessions.get(i), i < WRITTEN_BY_SENDER);
        }
        return round.closed();
    }

    List<ClientSession> resolve(Selection selection) {
        List<ClientSession> sessions = new ArrayList<>();
        selection.forEach(sources, sessions::add);
        return sessions;
    }
}
