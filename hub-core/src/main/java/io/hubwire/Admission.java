// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import io.hubwire.protocol.Names;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an authenticator decided about a handshake. Immutable: each call returns another one. */
public final class Admission {
    private final int refusal;
    private final @Nullable User user;
    private final Map<AttributeKey<?>, Object> attributes;
    private final Set<String> groups;
    private final @Nullable Instant expiresAt;
    private final @Nullable HeartbeatPolicy heartbeat;

    private Admission(
            int refusal,
            @Nullable User user,
            Map<AttributeKey<?>, Object> attributes,
            Set<String> groups,
            @Nullable Instant expiresAt,
            @Nullable HeartbeatPolicy heartbeat) {
        this.refusal = refusal;
        this.user = user;
        this.attributes = attributes;
        this.groups = groups;
        this.expiresAt = expiresAt;
        this.heartbeat = heartbeat;
    }

    /**
     * Yes, as this user.
     *
     * @throws IllegalArgumentException if the id is blank or longer than {@value User#MAX_ID_LENGTH} characters
     */
    public static Admission asUser(String id) {
        return admitting(new User(id, id, Set.of()));
    }

    /** Yes, as nobody in particular. */
    public static Admission anonymous() {
        return admitting(null);
    }

    /**
     * No, with an HTTP status.
     *
     * @throws IllegalArgumentException if the status is not within 400–599
     */
    public static Admission refuse(int status) {
        Settings.within("Admission.refuse(status)", status, 400, 599);
        return new Admission(status, null, Map.of(), Set.of(), null, null);
    }

    private static Admission admitting(@Nullable User user) {
        return new Admission(0, user, Map.of(), Set.of(), null, null);
    }

    /**
     * The user's name for people to read; default the id.
     *
     * @throws IllegalStateException if there is no user
     */
    public Admission name(String name) {
        User named = requireUser("name");
        return with(new User(named.id(), name, named.roles()));
    }

    /**
     * The user's roles; default none.
     *
     * @throws IllegalStateException if there is no user
     */
    public Admission roles(String... roles) {
        User named = requireUser("roles");
        return with(new User(named.id(), named.name(), Set.of(roles)));
    }

    /** A value that the client carries from the start. */
    public <T> Admission with(AttributeKey<T> key, T value) {
        Map<AttributeKey<?>, Object> more = new LinkedHashMap<>(attributes);
        more.put(key, value);
        return new Admission(refusal, user, more, groups, expiresAt, heartbeat);
    }

    /**
     * Groups that the client is a member of from the start, before {@code onConnect}; no policy is asked. More than
     * {@link InboundLimits#groups()} end the session with 4102.
     *
     * @throws IllegalArgumentException if a name is not valid
     */
    public Admission join(String... names) {
        Set<String> more = new LinkedHashSet<>(groups);
        for (String name : names) {
            more.add(Names.requireGroup(name));
        }
        return new Admission(refusal, user, attributes, more, expiresAt, heartbeat);
    }

    /**
     * When the credential expires: the session then ends with 4300. Default never.
     *
     * <p>A client of the {@code hubwire.v1} profile is asked for another one a minute before, or when half of a shorter life is left, and
     * may send it over the open connection. If it does not, its connection is closed with 4300, and its session is kept for the same
     * user, see {@link ResumePolicy}.
     */
    public Admission expiresAt(Instant time) {
        return new Admission(refusal, user, attributes, groups, time, heartbeat);
    }

    /** How this client's death is found; default the hub's policy. */
    public Admission heartbeat(HeartbeatPolicy policy) {
        return new Admission(refusal, user, attributes, groups, expiresAt, policy);
    }

    /** Whether the answer is yes. */
    public boolean isAdmitted() {
        return refusal == 0;
    }

    /** The HTTP status of a refusal, 0 if there is none. */
    public int refusalStatus() {
        return refusal;
    }

    /** Who it is, if anybody. */
    public Optional<User> user() {
        return Optional.ofNullable(user);
    }

    /** What the client carries from the start; unmodifiable. */
    public Map<AttributeKey<?>, Object> attributes() {
        return Map.copyOf(attributes);
    }

    /** The groups from the start, in the order given. */
    public Set<String> groups() {
        return new LinkedHashSet<>(groups);
    }

    /** When the credential expires, if ever. */
    public Optional<Instant> expiry() {
        return Optional.ofNullable(expiresAt);
    }

    /** This client's heartbeat policy, if not the hub's. */
    public Optional<HeartbeatPolicy> heartbeatPolicy() {
        return Optional.ofNullable(heartbeat);
    }

    private Admission with(User changed) {
        return new Admission(refusal, changed, attributes, groups, expiresAt, heartbeat);
    }

    private User requireUser(String what) {
        if (user == null) {
            throw new IllegalStateException("an admission without a user has no " + what + ": begin with asUser(id)");
        }
        return user;
    }
}
