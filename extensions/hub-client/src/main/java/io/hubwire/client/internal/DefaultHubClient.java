// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.EventType;
import io.hubwire.RequestType;
import io.hubwire.client.ConnectionState;
import io.hubwire.client.Gap;
import io.hubwire.client.GroupLeft;
import io.hubwire.client.HubClient;
import io.hubwire.client.HubMessage;
import io.hubwire.client.RequestFailedException;
import io.hubwire.client.RequestFailedException.Cause;
import io.hubwire.client.SendOutcome;
import io.hubwire.client.SessionStart;
import io.hubwire.client.StateChange;
import io.hubwire.client.Subscription;
import io.hubwire.protocol.Names;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the application holds: brings its calls into the lane. Thread-safe. */
public final class DefaultHubClient implements HubClient {
    private final ClientContext context;
    private final QueueRoom room;
    private final Conversation conversation;
    private final ConnectionKeeper keeper;

    /** Not connected yet. */
    public DefaultHubClient(ClientSettings settings, ClientRuntime runtime, SocketOpener sockets, Wire wire) {
        context = new ClientContext(settings, runtime, new Lane(), new Dispatch(runtime.callbacks()), wire);
        room = new QueueRoom(settings.queuedMessages(), settings.queuedBytes());
        TokenSource tokens = new TokenSource(context);
        conversation = new Conversation(context, room, tokens);
        keeper = new ConnectionKeeper(context, sockets, tokens, conversation);
    }

    /** Begins to connect. */
    public void start() {
        context.lane().run(keeper::connect);
    }

    @Override
    public <T> Subscription on(EventType<T> type, Consumer<? super T> handler) {
        return conversation.handlers().on(type, handler);
    }

    @Override
    public <T> Subscription once(EventType<T> type, Consumer<? super T> handler) {
        return conversation.handlers().once(type, handler);
    }

    @Override
    public Subscription onAny(Consumer<? super HubMessage> handler) {
        return conversation.handlers().any().add(handler);
    }

    @Override
    public Subscription onError(Consumer<? super HubMessage> handler) {
        return conversation.handlers().errors().add(handler);
    }

    @Override
    public Subscription onState(Consumer<? super StateChange> listener) {
        return keeper.listeners().add(listener);
    }

    @Override
    public Subscription onSession(Consumer<? super SessionStart> listener) {
        return conversation.sessions().add(listener);
    }

    @Override
    public Subscription onGap(Consumer<? super Gap> listener) {
        return conversation.gaps().add(listener);
    }

    @Override
    public Subscription onLeft(Consumer<? super GroupLeft> listener) {
        return conversation.departures().add(listener);
    }

    @Override
    public <Q, A> Subscription answer(RequestType<Q, A> question, Function<? super Q, ? extends @Nullable A> handler) {
        return conversation
                .questions()
                .answer(question, payload -> CompletableFuture.completedFuture(handler.apply(payload)));
    }

    @Override
    public <Q, A> Subscription answerAsync(
            RequestType<Q, A> question, Function<? super Q, ? extends CompletionStage<? extends @Nullable A>> handler) {
        return conversation.questions().answer(question, handler);
    }

    @Override
    public SendOutcome send(EventType<Void> type) {
        return send(type.name(), null);
    }

    @Override
    public <T> SendOutcome send(EventType<T> type, @Nullable T payload) {
        return send(type.name(), payload);
    }

    @Override
    public SendOutcome send(String event, @Nullable Object payload) {
        OutgoingMessage message = new OutgoingMessage(context.wire().message(Names.requireEvent(event), payload, null));
        SendOutcome outcome = room.reserve(message);
        if (outcome == SendOutcome.ACCEPTED) {
            context.lane().run(() -> conversation.outgoing().add(message));
        }
        return outcome;
    }

    @Override
    public <Q, A> CompletionStage<A> request(RequestType<Q, A> type, @Nullable Q payload) {
        return request(type, payload, context.settings().requestTimeout());
    }

    @Override
    public <Q, A> CompletionStage<A> request(RequestType<Q, A> type, @Nullable Q payload, Duration timeout) {
        ClientSettings.positive("timeout", timeout);
        StageOutcome<A> outcome = new StageOutcome<>(context.dispatch(), type.answerType());
        begin(conversation.requests().create(type.name(), payload, outcome), timeout);
        return outcome.stage();
    }

    private void begin(PendingRequest request, Duration timeout) {
        SendOutcome room = conversation.outgoing().reserve(request);
        context.lane().run(() -> {
            if (room != SendOutcome.ACCEPTED) {
                request.fail(Cause.NOT_SENT, room.toString());
            } else if (keeper.state() == ConnectionState.CLOSED) {
                request.fail(Cause.NOT_SENT, "the client is closed");
            } else {
                conversation.requests().begin(request, timeout);
            }
        });
    }

    @Override
    public CompletionStage<List<String>> join(String group) {
        Names.requireGroup(group);
        StageOutcome<List<String>> outcome = conversation.groups().outcome();
        unlessClosed("join", outcome, () -> conversation.groups().join(group, outcome));
        return outcome.stage();
    }

    @Override
    public CompletionStage<List<String>> leave(String group) {
        Names.requireGroup(group);
        StageOutcome<List<String>> outcome = conversation.groups().outcome();
        unlessClosed(
                "quit",
                outcome,
                () -> conversation.outgoing().add(conversation.groups().leave(group, outcome)));
        return outcome.stage();
    }

    private void unlessClosed(String event, PendingRequest.Outcome outcome, Runnable task) {
        context.lane().run(() -> {
            if (keeper.state() == ConnectionState.CLOSED) {
                outcome.failed(RequestFailedException.unanswered(event, Cause.NOT_SENT, "the client is closed"));
            } else {
                task.run();
            }
        });
    }

    @Override
    public List<String> groups() {
        return conversation.groups().names();
    }

    @Override
    public ConnectionState state() {
        return keeper.state();
    }

    @Override
    public void close() {
        room.close();
        context.lane().run(keeper::close);
    }
}
