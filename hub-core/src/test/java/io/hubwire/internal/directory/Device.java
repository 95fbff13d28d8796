// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import io.hubwire.User;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A member without a session. */
final class Device implements Member {
    private final long serial;
    private final @Nullable User user;
    private volatile boolean isConnected = true;
    private volatile String[] groupNames = {};

    Device(long serial, @Nullable String userId) {
        this.serial = serial;
        this.user = userId == null ? null : new User(userId, userId, Set.of());
    }

    void end() {
        isConnected = false;
    }

    @Override
    public String id() {
        return "d" + serial;
    }

    @Override
    public long serial() {
        return serial;
    }

    @Override
    public @Nullable User identity() {
        return user;
    }

    @Override
    public boolean isConnected() {
        return isConnected;
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
    public String toString() {
        return id();
    }
}
