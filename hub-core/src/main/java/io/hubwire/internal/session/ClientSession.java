// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.AttributeKey;
import io.hubwire.Audience;
import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.SendReport;
import io.hubwire.SendReport.Refusal;
import io.hubwire.User;
import io.hubwire.internal.directory.Member;
import io.hubwire.internal.directory.MembershipIndex;
import io.hubwire.internal.directory.MembershipIndex.Entry;
import io.hubwire.internal.session.SessionLife.Ending;
import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.protocol.Names;
import io.hubwire.spi.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One session: who it is, what it carries, its lane for what comes in and its outbox for what goes out.
 *
 * <p>How it ends is the business of its {@link SessionLife}.
 */
public final class ClientSession implements Client, Member {
    private static final String[] NO_GROUPS = {};

    private final SessionContext context;
    private final Identity identity;
    private final SessionRef ref;
    private final Attributes attributes;
    private final Outbox outbox;
    private final Mailbox mailbox;
    private final MessageAssembly assembly;
    private final SessionLife life;

    private volatile String[] groupNames = NO_GROUPS;

    /** The groups that it came with, as long as the application has not been told of them. */
    private volatile @Nullable Set<String> untoldGroups;

    private volatile long lastInboundNanos;

    /** A session that is open, but in no directory yet. */
    public ClientSession(
            SessionContext context, Identity identity, Connection connection, Map<AttributeKey<?>, Object> attributes) {
        this.context = context;
        this.identity = identity;
        this.lastInboundNanos = identity.connectedNanos();
        this.attributes = new Attributes(attributes);
        this.ref = new SessionRef(this);
        this.outbox = new Outbox(this, connection);
        this.mailbox = new Mailbox(this);
        this.assembly = new MessageAssembly(context.limits(), context.mailboxBudget());
        this.life = new SessionLife(this, connection);
    }

    /** What all sessions of the hub share. */
    public SessionContext context() {
        return context;
    }

    /** What waits for the client. */
    public Outbox outbox() {
        return outbox;
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

    /** The client's own number within −1…1. */
    public double jitter() {
        return identity.jitter();
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
        life.beginTelling();
        try {
            boolean wasMember = context.groups().leave(this, group);
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
    public String id() {
        return identity.id();
    }

    @Override
    public long serial() {
        return identity.serial();
    }

    @Override
    public Hub hub() {
        return context.lifecycle().hub();
    }

    @Override
    public @Nullable User identity() {
        return identity.user();
    }

    @Override
    public Optional<User> user() {
        return Optional.ofNullable(identity.user());
    }

    @Override
    public User requireUser() {
        return user().orElseThrow(ErrorCode.UNAUTHENTICATED::exception);
    }

    @Override
    public Optional<String> remoteAddress() {
        return Optional.ofNullable(identity.address());
    }

    @Override
    public Optional<String> userAgent() {
        return Optional.ofNullable(identity.agent());
    }

    @Override
    public Instant connectedAt() {
        return Instant.ofEpochMilli(identity.connectedMillis());
    }

    @Override
    public Instant lastSeenAt() {
        return connectedAt().plusNanos(lastInboundNanos - identity.connectedNanos());
    }

    @Override
    public <T> Optional<T> get(AttributeKey<T> key) {
        return Optional.ofNullable(key.type().cast(attributes.get(key)));
    }

    @Override
    public <T> void set(AttributeKey<T> key, T value) {
        attributes.set(key, key.type().cast(value));
    }

    @Override
    public void remove(AttributeKey<?> key) {
        attributes.remove(key);
    }

    /** Equal only to itself; but the order in which a set is gone through is the same in every run. */
    @Override
    public int hashCode() {
        return Long.hashCode(serial());
    }

    @Override
    public String toString() {
        return "client " + id() + user().map(user -> " of user " + user.id()).orElse("");
    }
}
