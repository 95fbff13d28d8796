// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes may wait in all queues of one kind together. Thread-safe. */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /** An unused budget. */
    public MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** Takes bytes if they are left; one who asks for too much takes nothing, not even for a moment. */
    public boolean tryTake(long bytes) {
        long before = used.get();
        while (bytes <= limit - before) {
            if (used.weakCompareAndSetVolatile(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
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
