// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * How many bytes may wait in all queues of one kind together. Thread-safe.
 *
 * <p>Everybody may take from what is left. When nothing is, one who holds less than a fair share still gets up to that share, so that
 * those who let much wait cannot starve the others; all together never hold more than twice the limit.
 */
public final class MemoryBudget {
    private final long limit;
    private final IntSupplier sharers;
    private final AtomicLong used = new AtomicLong();

    /**
     * An unused budget.
     *
     * @param sharers how many share it now
     */
    public MemoryBudget(long limit, IntSupplier sharers) {
        this.limit = limit;
        this.sharers = sharers;
    }

    /**
     * Takes bytes if they are left; one who asks for too much takes nothing, not even for a moment.
     *
     * @param held how many the caller has taken before
     */
    public boolean tryTake(long bytes, long held) {
        return takeWithin(limit, bytes) || (held + bytes <= fairShare() && takeWithin(2 * limit, bytes));
    }

    private long fairShare() {
        return limit / Math.max(1, sharers.getAsInt());
    }

    private boolean takeWithin(long most, long bytes) {
        long before = used.get();
        while (bytes <= most - before) {
            if (used.weakCompareAndSetVolatile(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /** Takes bytes even if none are left. */
    public void overdraw(long bytes) {
        used.addAndGet(bytes);
    }

    /** Gives bytes back. */
    public void give(long bytes) {
        used.addAndGet(-bytes);
    }

    /** How many bytes are taken. */
    public long used() {
        return used.get();
    }
}
