// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.AttributeKey;
import io.hubwire.Client;
import io.hubwire.User;
import io.hubwire.internal.directory.Member;
import io.hubwire.protocol.ErrorCode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a client is, and what it carries; the session is a subclass so that a client pays for one object. Thread-safe. */
abstract class IdentifiedClient implements Client, Member {
    /** Its user is renewed when the client is authenticated again; everything else stays. */
    volatile Identity identity;

    private final Attributes attributes;

    IdentifiedClient(Identity identity, Map<AttributeKey<?>, Object> attributes) {
        this.identity = identity;
        this.attributes = new Attributes(attributes);
    }

    @Override
    public final String id() {
        return identity.id();
    }

    @Override
    public final long serial() {
        return identity.serial();
    }

    /** The client's own number within −1…1. */
    public final double jitter() {
        return identity.jitter();
    }

    @Override
    public final @Nullable User identity() {
        return identity.user();
    }

    /** The same user, as the last authentication says. */
    public final void renewUser(Optional<User> user) {
        identity = identity.of(user);
    }

    @Override
    public final Optional<User> user() {
        return Optional.ofNullable(identity.user());
    }

    @Override
    public final User requireUser() {
        return user().orElseThrow(ErrorCode.UNAUTHENTICATED::exception);
    }

    @Override
    public final Optional<String> remoteAddress() {
        return Optional.ofNullable(identity.address());
    }

    @Override
    public final Optional<String> userAgent() {
        return Optional.ofNullable(identity.agent());
    }

    @Override
    public final Instant connectedAt() {
        return Instant.ofEpochMilli(identity.connectedMillis());
    }

    @Override
    public final <T> Optional<T> get(AttributeKey<T> key) {
        return Optional.ofNullable(key.type().cast(attributes.get(key)));
    }

    @Override
    public final <T> void set(AttributeKey<T> key, T value) {
        attributes.set(key, key.type().cast(value));
    }

    @Override
    public final void remove(AttributeKey<?> key) {
        attributes.remove(key);
    }

    /** Equal only to itself; but the order in which a set is gone through is the same in every run. */
    @Override
    public final int hashCode() {
        return Long.hashCode(serial());
    }

    @Override
    public final String toString() {
        return "client " + id() + user().map(user -> " of user " + user.id()).orElse("");
    }
}
