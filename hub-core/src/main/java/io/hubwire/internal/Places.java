// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.ConnectionLimits;
import io.hubwire.LoginPolicy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections, in total and for each user, from the moment when a place is promised until nothing of the connection is left.
 * Thread-safe.
 */
final class Places {
    private final ConnectionLimits limits;
    private final int perUser;
    private final boolean isForNewest;
    private final AtomicInteger total = new AtomicInteger();
    private volatile Runnable whenEmpty = () -> {};
    private final Map<String, Integer> byUser = new ConcurrentHashMap<>();

    Places(ConnectionLimits limits, LoginPolicy login) {
        this.limits = limits;
        this.perUser = login == LoginPolicy.FIRST_ONLY ? 1 : limits.perUser();
        this.isForNewest = login == LoginPolicy.NEWEST_ONLY;
    }

    boolean tryTake() {
        if (total.incrementAndGet() <= limits.total()) {
            return true;
        }
        total.decrementAndGet();
        return false;
    }

    void giveBack() {
        if (total.decrementAndGet() == 0) {
            whenEmpty.run();
        }
    }

    /** The action runs from now on whenever the last place is given back. */
    void whenEmpty(Runnable action) {
        whenEmpty = action;
    }

    boolean tryTakeForUser(String userId) {
        int[] before = {0};
        byUser.compute(userId, (id, count) -> {
            before[0] = count == null ? 0 : count;
            return before[0] < perUser ? Integer.valueOf(before[0] + 1) : count;
        });
        return before[0] < perUser;
    }

    /** A user's place has become a session, which keeps it unless it makes way for the next one anyhow. */
    void openedOfUser(String userId) {
        if (isForNewest) {
            giveBackOfUser(userId);
        }
    }

    /** A user's session has ended. */
    void endedOfUser(String userId) {
        if (!isForNewest) {
            giveBackOfUser(userId);
        }
    }

    void giveBackOfUser(String userId) {
        byUser.computeIfPresent(userId, (id, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }

    /** How many places are taken. */
    int taken() {
        return total.get();
    }

    /** How many users have places. */
    int users() {
        return byUser.size();
    }
}
