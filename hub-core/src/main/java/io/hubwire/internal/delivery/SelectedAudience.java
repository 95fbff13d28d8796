// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.delivery;

import io.hubwire.Answers;
import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.LocalAudience;
import io.hubwire.RequestType;
import io.hubwire.SendReport;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.protocol.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** An audience that is a selection of a broadcaster's sessions. Immutable and thread-safe. */
final class SelectedAudience implements LocalAudience {
    private final Broadcaster broadcaster;
    private final Selection selection;

    SelectedAudience(Broadcaster broadcaster, Selection selection) {
        this.broadcaster = broadcaster;
        this.selection = selection;
    }

    @Override
    public Audience and(Audience other) {
        return with(new Selection.Union(List.of(selection, selectionOf(other))));
    }

    @Override
    public Audience except(Audience others) {
        return with(new Selection.Difference(selection, selectionOf(others)));
    }

    @Override
    public Audience except(Client... clients) {
        List<Selection> parts = Stream.of(clients)
                .<Selection>map(client -> new Selection.One(client.id()))
                .toList();
        Selection without = parts.size() == 1 ? parts.get(0) : new Selection.Union(parts);
        return with(new Selection.Difference(selection, without));
    }

    @Override
    public <T> Audience where(AttributeKey<T> key, T value) {
        return with(new Selection.Carrying(selection, key, value));
    }

    @Override
    public LocalAudience where(Predicate<? super Client> predicate) {
        return with(new Selection.Matching(selection, predicate));
    }

    @Override
    public <T> SendReport send(EventType<T> type, T payload) {
        return broadcaster.send(selection, type, payload);
    }

    @Override
    public SendReport send(EventType<Void> type) {
        return broadcaster.send(selection, type, null);
    }

    @Override
    public SendReport send(String event, Object payload) {
        return broadcaster.send(selection, broadcaster.typeOf(event, payload), payload);
    }

    @Override
    public <Q, A> CompletionStage<Answers<A>> askEach(RequestType<Q, A> type, Q question, Duration timeout) {
        return broadcaster.ask(selection, type, question, timeout).each();
    }

    @Override
    public <A> CompletionStage<Answers<A>> askEach(RequestType<Void, A> type, Duration timeout) {
        return broadcaster.ask(selection, type, null, timeout).each();
    }

    @Override
    public <Q, A> CompletionStage<A> askFirst(RequestType<Q, A> type, Q question, Duration timeout) {
        return broadcaster.ask(selection, type, question, timeout).first();
    }

    @Override
    public <A> CompletionStage<A> askFirst(RequestType<Void, A> type, Duration timeout) {
        return broadcaster.ask(selection, type, null, timeout).first();
    }

    @Override
    public int kick(CloseReason reason) {
        return end(ClientSession::kick, reason);
    }

    @Override
    public int close(CloseReason reason) {
        return end(ClientSession::close, reason);
    }

    @Override
    public List<Client> clients() {
        return List.copyOf(broadcaster.resolve(selection));
    }

    @Override
    public int size() {
        return broadcaster.resolve(selection).size();
    }

    @Override
    public String toString() {
        return selection.toString();
    }

    private int end(BiConsumer<ClientSession, CloseReason> ending, CloseReason reason) {
        List<ClientSession> sessions = broadcaster.resolve(selection);
        sessions.forEach(session -> ending.accept(session, reason));
        return sessions.size();
    }

    private SelectedAudience with(Selection changed) {
        return new SelectedAudience(broadcaster, changed);
    }

    private Selection selectionOf(Audience other) {
        if (other instanceof SelectedAudience selected && selected.broadcaster == broadcaster) {
            return selected.selection;
        }
        throw new IllegalArgumentException("audiences of different hubs cannot be combined: " + other);
    }
}
