// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.directory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Which members are in which group.
 *
 * <p>Reading takes no lock and sees every member that was in the group before the read began and has not left it. Changes take
 * one lock, so that a member's own list and the groups' sets always agree.
 *
 * @param <M> the members
 */
public final class MembershipIndex<M extends Member> {
    /** What became of a wish to enter a group. */
    public enum Entry {
        /** It is a member now and was not before. */
        JOINED,
        /** It was a member before. */
        ALREADY,
        /** It is in as many groups as it may be. */
        FULL,
        /** Its session has ended. */
        ENDED
    }

    private static final String[] NO_GROUPS = {};

    @GuardedBy("this") // changes only
    private final ConcurrentHashMap<String, ConcurrentHashMap<M, Long>> groups = new ConcurrentHashMap<>();

    /** How many joins there were; each membership has the number of its own. */
    @GuardedBy("this") // changes only
    private volatile long joins;

    private final int maxGroups;

    /** An index in which each member may be in {@code maxGroups} groups. */
    public MembershipIndex(int maxGroups) {
        this.maxGroups = maxGroups;
    }

    /** Makes a member of one. */
    public synchronized Entry join(M member, String group) {
        if (!member.isConnected()) {
            return Entry.ENDED;
        }
        String[] names = member.groupNames();
        if (indexOf(names, group) >= 0) {
            return Entry.ALREADY;
        }
        if (names.length >= maxGroups) {
            return Entry.FULL;
        }
        String[] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = group;
        member.groupNames(more);
        joins++;
        groups.computeIfAbsent(group, unused -> new ConcurrentHashMap<>()).put(member, joins);
        return Entry.JOINED;
    }

    /** Ends a membership; returns whether there was one. */
    public synchronized boolean leave(M member, String group) {
        String[] names = member.groupNames();
        int index = indexOf(names, group);
        if (index < 0 || !member.isConnected()) {
            return false;
        }
        String[] fewer = new String[names.length - 1];
        System.arraycopy(names, 0, fewer, 0, index);
        System.arraycopy(names, index + 1, fewer, index, fewer.length - index);
        member.groupNames(fewer.length == 0 ? NO_GROUPS : fewer);
        removeFrom(group, member);
        return true;
    }

    /** Takes a member whose session has ended out of all groups; its own list stays readable. */
    public synchronized void leaveAll(M member) {
        for (String group : member.groupNames()) {
            removeFrom(group, member);
        }
    }

    /** The members of a group. */
    @SuppressWarnings("GuardedBy") // a read
    public Collection<M> members(String group) {
        Map<M, Long> members = groups.get(group);
        return members == null ? Set.of() : Collections.unmodifiableSet(members.keySet());
    }

    /** Calls back with each member of a group, once: one that leaves and comes again meanwhile is not met a second time. */
    @SuppressWarnings("GuardedBy") // reads
    public void forEachMember(String group, Consumer<? super M> action) {
        long newest = joins;
        Map<M, Long> members = groups.get(group);
        if (members != null) {
            members.forEach((member, join) -> {
                if (join <= newest) {
                    action.accept(member);
                }
            });
        }
    }

    /** How many groups have members. */
    @SuppressWarnings("GuardedBy") // a read
    public int size() {
        return groups.size();
    }

    /** Whether a list of names has this one. */
    public static boolean contains(String[] names, String group) {
        return indexOf(names, group) >= 0;
    }

    @GuardedBy("this")
    private void removeFrom(String group, M member) {
        Map<M, Long> members = groups.get(group);
        if (members != null && members.remove(member) != null && members.isEmpty()) {
            groups.remove(group);
        }
    }

    private static int indexOf(String[] names, String group) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(group)) {
                return i;
            }
        }
        return -1;
    }
}
