// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import io.hubwire.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which members are here, by id and by user. Thread-safe; reading takes no lock.
 *
 * @param <M> the members
 */
public final class ClientDirectory<M extends Member> {
    private final Map<String, M> byId = new ConcurrentHashMap<>();
    private final Map<String, List<M>> byUser = new ConcurrentHashMap<>();

    /** The highest serial of those who have come. */
    private final AtomicLong newest = new AtomicLong();

    /** Told of users who come and go, in the order of these changes for one user; must not block or call back. */
    private final Consumer<User> cameOnline;

    private final Consumer<User> wentOffline;

    /** An empty directory. */
    public ClientDirectory(Consumer<User> cameOnline, Consumer<User> wentOffline) {
        this.cameOnline = cameOnline;
        this.wentOffline = wentOffline;
    }

    /** Adds a member; one that ends meanwhile, because somebody has found it here already, does not stay. */
    public void add(M member) {
        newest.accumulateAndGet(member.serial(), Math::max); // before anybody finds it
        byId.put(member.id(), member);
        User user = member.identity();
        if (user != null) {
            byUser.compute(user.id(), (id, devices) -> withDevice(devices, member, user));
        }
        if (!member.isConnected()) {
            remove(member);
        }
    }

    /** Removes a member; returns whether it was here. */
    public boolean remove(M member) {
        boolean wasHere = byId.remove(member.id(), member);
        User user = member.identity();
        if (user != null) {
            byUser.computeIfPresent(user.id(), (id, devices) -> withoutDevice(devices, member, user));
        }
        return wasHere;
    }

    /** The member with this id. */
    public @Nullable M find(String id) {
        return byId.get(id);
    }

    /** All members; a view that follows changes. */
    public Collection<M> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    /** Whose serial is above this was not here yet. */
    public long newest() {
        return newest.get();
    }

    /** A user's members in the order of their coming; a snapshot. */
    public List<M> ofUser(String userId) {
        return byUser.getOrDefault(userId, List.of());
    }

    /** Every user's members; a view that follows changes. */
    public Collection<List<M>> users() {
        return Collections.unmodifiableCollection(byUser.values());
    }

    /** How many members there are. */
    public int size() {
        return byId.size();
    }

    private List<M> withDevice(@Nullable List<M> devices, M member, User user) {
        if (devices == null) {
            cameOnline.accept(user);
            return List.of(member);
        }
        List<M> more = new ArrayList<>(devices);
        more.add(member);
        return List.copyOf(more);
    }

    private @Nullable List<M> withoutDevice(List<M> devices, M member, User user) {
        List<M> fewer = devices.stream().filter(device -> device != member).toList();
        if (fewer.isEmpty()) {
            wentOffline.accept(user);
            return null;
        }
        return fewer;
    }
}
