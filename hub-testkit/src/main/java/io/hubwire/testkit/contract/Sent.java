// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.spi.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One send of the hub, and what became of it. Thread-safe. */
final class Sent implements Connection.SendCallback {
    private final TrialLog log;
    private final String who;
    private final AtomicInteger completions = new AtomicInteger();
    private volatile @Nullable Throwable failure;
    private volatile boolean hasThrown;

    Sent(TrialLog log, String who) {
        this.log = log;
        this.who = who;
    }

    @Override
    public void completed(@Nullable Throwable why) {
        failure = why;
        int times = completions.incrementAndGet();
        log.add(who, (why == null ? "send completed" : "send failed: " + why) + (times > 1 ? " again" : ""));
    }

    /** The send threw instead, which is as good as a failure. */
    void threw(RuntimeException why) {
        failure = why;
        hasThrown = true;
        log.add(who, "send threw " + why);
    }

    boolean isOver() {
        return hasThrown || completions.get() > 0;
    }

    boolean isOk() {
        return isOver() && failure == null;
    }

    int completionCount() {
        return completions.get();
    }

    @Override
    public String toString() {
        return isOver() ? (isOk() ? "a completed send" : "a failed send: " + failure) : "a pending send";
    }
}
