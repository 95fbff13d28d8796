// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import io.hubwire.client.RequestFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What is counted over all clients. Thread-safe. */
final class Figures {
    private static final int SHOWN = 20;

    private final AtomicLong applied = new AtomicLong();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder gaps = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final Map<String, Long> byName = Collections.synchronizedMap(new TreeMap<>());
    private final List<String> broken = Collections.synchronizedList(new ArrayList<>());

    void applied(Note note) {
        applied.incrementAndGet();
        count("by " + note.path());
        if (!note.isWhole()) {
            broken(note + " was changed");
        }
    }

    private void count(String name) {
        byName.merge(name, 1L, Long::sum);
    }

    void resumed() {
        resumed.increment();
    }

    void beganAnew(String reason) {
        count("new session: " + reason);
    }

    void skipped(long messages) {
        gaps.increment();
        skipped.add(messages);
    }

    void orderAnswered() {
        answered.increment();
    }

    void orderFailed(RequestFailedException.Cause cause) {
        count("order failed: " + cause);
    }

    void refused(String what) {
        count("refused");
        broken(what);
    }

    void broken(String what) {
        if (broken.size() < SHOWN) {
            broken.add(what);
        }
    }

    long applied() {
        return applied.get();
    }

    long resumes() {
        return resumed.sum();
    }

    long skippedMessages() {
        return skipped.sum();
    }

    long answeredOrders() {
        return answered.sum();
    }

    /** What else was counted, of which the name begins so. */
    long counted(String prefix) {
        synchronized (byName) {
            return byName.entrySet().stream()
                    .filter(it -> it.getKey().startsWith(prefix))
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }

    /** What must not happen, in words; the first of it. */
    List<String> broken() {
        synchronized (broken) {
            return List.copyOf(broken);
        }
    }

    @Override
    public String toString() {
        return applied + " messages applied, " + resumed + " resumes, " + gaps + " gaps of " + skipped + " messages, "
                + answered + " orders answered; " + byName;
    }
}
