// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.RequestType;
import io.hubwire.ResumePolicy;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Refusal;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.internal.directory.MembershipIndex.Entry;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import io.hubwire.spi.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One session: who it is, what it carries, its lane for what comes in and its outbox for what goes out.
 *
 * <p>How it ends is the business of its {@link SessionLife}.
 */
public final class ClientSession extends IdentifiedClient {
    private static final String[] NO_GROUPS = {};

    private final SessionContext context;
    private final SessionRef ref;
    private volatile Outbox outbox;
    private final Mailbox mailbox;
    private final MessageAssembly assembly;
    private final SessionLife life;

    /** Null if it ends with its connection. */
    private final @Nullable Resumption resumption;

    private volatile String[] groupNames = NO_GROUPS;

    /** The groups that it came with, as long as the application has not been told of them. */
    private volatile @Nullable Set<String> untoldGroups;

    private volatile long lastInboundNanos;

    /** A session that is open, but in no directory yet, and ends with its connection. */
    public ClientSession(
            SessionContext context, Identity identity, Connection connection, Map<AttributeKey<?>, Object> attributes) {
        this(context, identity, connection, attributes, null, new OutboxRing(context));
    }

    /** A session that is open, but in no directory yet, and outlives its connection. */
    public ClientSession(
            SessionContext context,
            Identity identity,
            Connection connection,
            Map<AttributeKey<?>, Object> attributes,
            ResumePolicy resume) {
        this(
                context,
                identity,
                connection,
                attributes,
                new Resumption(resume, context.runtime().random()),
                new SessionLog(context, resume));
    }

    private ClientSession(
            SessionContext context,
            Identity identity,
            Connection connection,
            Map<AttributeKey<?>, Object> attributes,
            @Nullable Resumption resumption,
            OutboxQueue queue) {
        super(identity, attributes);
        this.context = context;
        this.lastInboundNanos = identity.connectedNanos();
        this.ref = new SessionRef(this);
        this.outbox = new Outbox(this, new ConnectionEnd(this, connection), queue);
        this.resumption = resumption;
        this.mailbox = new Mailbox(this);
        this.assembly = new MessageAssembly(context.limits(), context.mailboxBudget());
        this.life = new SessionLife(this);
    }

    /** What all sessions of the hub share. */
    public SessionContext context() {
        return context;
    }

    /** What waits for the client. */
    public Outbox outbox() {
        return outbox;
    }

    /** Another connection has taken the session over. */
    void outbox(Outbox next) {
        outbox = next;
    }

    /** What waits for the handlers. */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** What has arrived of a message that is not complete. */
    public MessageAssembly assembly() {
        return assembly;
    }

    /** What timers hold. */
    public SessionRef ref() {
        return ref;
    }

    /** Something was received: the only proof of life. */
    public void touch() {
        lastInboundNanos = context.runtime().nanoTime();
    }

    /** When anything was last received, in monotonic time. */
    public long lastInboundNanos() {
        return lastInboundNanos;
    }

    /** Ends the session, for this reason unless there is one already. Never blocks, never runs user code on this thread. */
    public void end(CloseReason reason, Ending ending) {
        life.end(reason, ending, Optional.empty());
    }

    /** The hub stops: ends the session behind what waits for it, whether or not it could have outlived its connection. */
    public void drain() {
        if (resumption != null) {
            resumption.revoke();
        }
        end(resumption == null ? CloseReason.SERVICE_RESTART : CloseReason.DRAIN, Ending.DRAINED);
    }

    /** How it is claimed; null if it ends with its connection. */
    public @Nullable Resumption resumption() {
        return resumption;
    }

    /** How it ends. */
    public SessionLife life() {
        return life;
    }

    @Override
    public void kick(CloseReason reason) {
        life.end(reason, Ending.DRAINED, context.kickNotice());
    }

    @Override
    public void close(CloseReason reason) {
        life.end(reason, Ending.DRAINED, Optional.empty());
    }

    @Override
    public boolean isConnected() {
        return life.reason() == null;
    }

    @Override
    public boolean isAway() {
        return outbox.isDetached();
    }

    /** Puts a message into the outbox; what a send from anywhere comes down to. */
    public @Nullable Refusal offer(Outgoing message, boolean mayWrite) {
        Refusal refusal = outbox.offer(message, mayWrite);
        if (refusal == null) {
            context.observer().pushed(id(), message.event(), message.frame());
        }
        return refusal;
    }

    /** Tells the observer of a message that the outbox's policy dropped. */
    void reportDropped(Outgoing message) {
        context.observer().dropped(id(), message.event(), message.frame());
    }

    @Override
    public <T> SendReport send(EventType<T> type, T payload) {
        return push(type, payload);
    }

    @Override
    public SendReport send(EventType<Void> type) {
        return push(type, null);
    }

    @Override
    public SendReport send(String event, Object payload) {
        return push(context.messages().typeOf(event, payload), payload);
    }

    private SendReport push(EventType<?> type, @Nullable Object payload) {
        SendTally tally = new SendTally(context);
        Outgoing message = context.messages().push(type, payload, tally);
        tally.offer(this, message, true);
        return tally.closed();
    }

    @Override
    public <Q, A> CompletionStage<A> ask(RequestType<Q, A> type, Q question, Duration timeout) {
        return new Question<>(context, type, question, timeout).stageOf(this);
    }

    @Override
    public <A> CompletionStage<A> ask(RequestType<Void, A> type, Duration timeout) {
        return new Question<>(context, type, null, timeout).stageOf(this);
    }

    @Override
    public <Q, A> A askAndWait(RequestType<Q, A> type, Q question, Duration timeout) throws InterruptedException {
        return new Question<>(context, type, question, timeout).await(this);
    }

    @Override
    public <A> A askAndWait(RequestType<Void, A> type, Duration timeout) throws InterruptedException {
        return new Question<>(context, type, null, timeout).await(this);
    }

    @Override
    public boolean join(String group) {
        Names.requireGroup(group);
        life.beginTelling();
        try {
            boolean isNew = enter(group);
            if (isNew) {
                context.lifecycle().joined(this, group);
            }
            return isNew;
        } finally {
            life.endTelling();
        }
    }

    private boolean enter(String group) {
        Entry entry = context.groups().join(this, group);
        if (entry == Entry.FULL) {
            throw ErrorCode.TOO_MANY_GROUPS.exception();
        }
        return entry == Entry.JOINED;
    }

    @Override
    public boolean leave(String group) {
        return leave(group, "removed");
    }

    @Override
    public boolean leave(String group, String reason) {
        Resumption told = resumption;
        return leave(group, told == null ? () -> {} : () -> told.tellLeft(this, group, reason));
    }

    /** Leaves a group at the client's own wish. */
    public boolean quit(String group) {
        return leave(group, () -> {});
    }

    private boolean leave(String group, Runnable notice) {
        life.beginTelling();
        try {
            boolean wasMember = context.groups().leave(this, group);
            if (wasMember) {
                notice.run();
            }
            if (wasMember && !takeUntold(group)) {
                context.lifecycle().left(this, group);
            }
            return wasMember;
        } finally {
            life.endTelling();
        }
    }

    /**
     * Makes it a member of the groups that it comes with; {@link #tellEntered} is to follow.
     *
     * @throws io.hubwire.protocol.EventException 1202 if these are too many
     */
    public void enterUntold(Set<String> groups) {
        if (!groups.isEmpty()) {
            Set<String> untold = ConcurrentHashMap.newKeySet();
            untold.addAll(groups);
            untoldGroups = untold;
            groups.forEach(this::enter);
        }
    }

    /** Tells the application of the groups that it came with and has not left. In its lane. */
    public void tellEntered(Set<String> groups) {
        for (String group : groups) {
            if (isIn(group) && takeUntold(group)) {
                context.lifecycle().joined(this, group);
            }
        }
        untoldGroups = null;
    }

    /** The groups that the application believes it to be in. */
    public Set<String> toldGroups() {
        Set<String> told = new LinkedHashSet<>(groups());
        Set<String> untold = untoldGroups;
        if (untold != null) {
            told.removeAll(untold);
        }
        return told;
    }

    private boolean takeUntold(String group) {
        Set<String> untold = untoldGroups;
        return untold != null && untold.remove(group);
    }

    @Override
    public Set<String> groups() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(groupNames)));
    }

    @Override
    public boolean isIn(String group) {
        return MembershipIndex.contains(groupNames, group);
    }

    @Override
    public Audience group(String group) {
        if (!isIn(group)) {
            throw ErrorCode.FORBIDDEN.exception();
        }
        return context.lifecycle().group(group);
    }

    @Override
    public Audience others(String group) {
        return group(group).except(this);
    }

    @Override
    public String[] groupNames() {
        return groupNames;
    }

    @Override
    public void groupNames(String[] names) {
        groupNames = names;
    }

    @Override
    public Hub hub() {
        return context.lifecycle().hub();
    }

    @Override
    public Instant lastSeenAt() {
        return connectedAt().plusNanos(lastInboundNanos - identity.connectedNanos());
    }
}
