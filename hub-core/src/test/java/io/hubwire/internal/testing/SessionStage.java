// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.EventType;
import io.hubwire.EventType.Delivery;
import io.hubwire.Hub;
import io.hubwire.InboundLimits;
import io.hubwire.OutboxPolicy;
import io.hubwire.ResumePolicy;
import io.hubwire.User;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.internal.session.ClientSession;
import io.hubwire.internal.session.Completions;
import io.hubwire.internal.session.Deadlines;
import io.hubwire.internal.session.Identity;
import io.hubwire.internal.session.Lifecycle;
import io.hubwire.internal.session.MemoryBudget;
import io.hubwire.internal.session.Messages;
import io.hubwire.internal.session.Outgoing;
import io.hubwire.internal.session.PendingAsk;
import io.hubwire.internal.session.SessionContext;
import io.hubwire.internal.session.Writers;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.Connection;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import io.hubwire.spi.HubRuntime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Makes sessions without a hub around them, and remembers what they tell it. As thread-safe as its runtime. */
public final class SessionStage implements Lifecycle {
    private final AtomicLong serials = new AtomicLong();
    private final AtomicInteger sharers = new AtomicInteger();
    private final List<String> story = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> dropped = new ConcurrentLinkedQueue<>();
    private final MembershipIndex<ClientSession> groups = new MembershipIndex<>(128);
    private final SessionContext context;

    /** With these settings, and deadlines that nobody watches. */
    public static SessionStage of(HubRuntime runtime, OutboxPolicy outbox) {
        return new SessionStage(runtime, outbox, InboundLimits.defaults(), new UnwatchedDeadlines());
    }

    /** With these settings. */
    public SessionStage(HubRuntime runtime, OutboxPolicy outbox, InboundLimits limits, Deadlines deadlines) {
        this.context = new SessionContext(
                runtime,
                new DropObserver(),
                new Messages(JacksonCodec.strict(), runtime, false, (name, data) -> EventType.of(name)),
                outbox,
                limits,
                new MemoryBudget(outbox.hubBytes(), sharers::get),
                new MemoryBudget(64 << 20, sharers::get),
                new MemoryBudget(limits.hubBytes(), sharers::get),
                new Writers(runtime),
                new Completions(runtime),
                deadlines,
                groups,
                this,
                Optional.of(EventType.of("kick")));
    }

    /** A session of nobody in particular. */
    public ClientSession open(Connection connection) {
        return open(connection, Optional.empty());
    }

    /** A session of a user. */
    public ClientSession open(Connection connection, String userId) {
        return open(connection, Optional.of(new User(userId, userId, Set.of())));
    }

    /** A session of nobody in particular that outlives its connection. */
    public ClientSession openResumable(Connection connection, ResumePolicy resume) {
        return new ClientSession(context, identity(Optional.empty()), connection, Map.of(), resume);
    }

    private ClientSession open(Connection connection, Optional<User> user) {
        return new ClientSession(context, identity(user), connection, Map.<AttributeKey<?>, Object>of());
    }

    private Identity identity(Optional<User> user) {
        long serial = serials.incrementAndGet();
        sharers.incrementAndGet();
        return Identity.of(
                "c" + serial,
                serial,
                user,
                Optional.empty(),
                Optional.empty(),
                context.runtime().jitter(),
                context.runtime().now(),
                context.runtime().nanoTime());
    }

    /** A message of which nobody asks what becomes. */
    public static Outgoing message(String text) {
        return message(text, Outgoing.Receipt.NONE);
    }

    /** A message with a receipt. */
    public static Outgoing message(String text, Outgoing.Receipt receipt) {
        return new Outgoing("said", Frame.of(text), Delivery.COUNTED, receipt);
    }

    /** What the sessions share. */
    public SessionContext context() {
        return context;
    }

    /** What became of the sessions, in order. */
    public List<String> story() {
        return story;
    }

    /** Which clients' messages were dropped by their outboxes. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    @Override
    public Hub hub() {
        throw new UnsupportedOperationException("there is no hub");
    }

    @Override
    public Audience group(String group) {
        throw new UnsupportedOperationException("there is no hub");
    }

    @Override
    public void joined(ClientSession session, String group) {
        story.add(session.id() + " joined " + group);
    }

    @Override
    public void left(ClientSession session, String group) {
        story.add(session.id() + " left " + group);
    }

    @Override
    public void ended(ClientSession session, CloseReason reason) {
        sharers.decrementAndGet();
        story.add(session.id() + " ended " + reason.code());
    }

    @Override
    public void disconnected(ClientSession session, CloseReason reason) {
        story.add(session.id() + " disconnected " + reason.code());
    }

    @Override
    public void detached(ClientSession session, CloseReason why) {}

    @Override
    public void connectionGone(ClientSession session) {}

    @Override
    public void resumeBudgetIsFull() {}

    @Override
    public void gone(ClientSession session) {
        story.add(session.id() + " gone");
    }

    private final class DropObserver implements HubObserver {
        @Override
        public void dropped(String client, String event, Frame frame) {
            dropped.add(client);
        }
    }

    /** Nobody looks. */
    private static final class UnwatchedDeadlines implements Deadlines {
        @Override
        public void watchSend(ClientSession session) {}

        @Override
        public void watchHandler(ClientSession session, long dueNanos) {}

        @Override
        public void watchClose(ClientSession session, long delayNanos) {}

        @Override
        public void watchIds(ClientSession session, long delayNanos) {}

        @Override
        public void watchQuestion(PendingAsk ask, long delayNanos) {}
    }
}
