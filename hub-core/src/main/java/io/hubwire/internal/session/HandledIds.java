// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.ResumePolicy;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids of what a client has sent lately, so that nothing is handled twice, with the answers that it may ask for again: the last 256
 * within the window, and besides those that are not answered yet. Thread-safe.
 */
public final class HandledIds {
    /** What has been sent twice; {@code answer} is null if it runs, or its answer is not kept. */
    public record Repetition(boolean isRunning, @Nullable Outgoing answer) {}

    private static final Duration SHORTEST_WINDOW = Duration.ofMinutes(2);

    /** From a client's last chance to come back until it has sent again what it still waits for. */
    private static final Duration TIME_TO_SEND_AGAIN = Duration.ofMinutes(1);

    private static final int MOST = 256;
    private static final int MOST_BYTES_OF_ONE = 8 << 10;
    private static final int MOST_BYTES = 256 << 10;

    private static final class Entry {
        private final long sinceNanos;
        private boolean isRunning = true;
        private @Nullable Outgoing answer;

        Entry(long sinceNanos) {
            this.sinceNanos = sinceNanos;
        }
    }

    private final ClientSession session;

    /** After this an id is as good as new. */
    private final long windowNanos;

    /** In the order of arrival. */
    @GuardedBy("this")
    private Map<String, Entry> entries = new LinkedHashMap<>();

    @GuardedBy("this")
    private long bytes;

    /** Somebody will look for what is old. */
    @GuardedBy("this")
    private boolean isWatched;

    @GuardedBy("this")
    private boolean isClosed;

    HandledIds(ClientSession session, Duration window) {
        this.session = session;
        this.windowNanos = window.toNanos();
    }

    /** How long ids are remembered: a request that is sent again after a resume must not run a second time, however late that was. */
    static Duration window(ResumePolicy resume) {
        Duration untilSentAgain = resume.window().plus(TIME_TO_SEND_AGAIN);
        return resume.isEnabled() && untilSentAgain.compareTo(SHORTEST_WINDOW) > 0 ? untilSentAgain : SHORTEST_WINDOW;
    }

    /** A message has come with this id; null if it is the first. */
    public @Nullable Repetition begin(String id, long nowNanos) {
        synchronized (this) {
            Entry known = entries.get(id);
            if (known != null && !isOld(known, nowNanos)) {
                return new Repetition(known.isRunning, known.answer);
            }
            forget(nowNanos, MOST - 1);
            if (isClosed) {
                return null;
            }
            entries.put(id, new Entry(nowNanos));
            if (isWatched) {
                return null;
            }
            isWatched = true;
        }
        watch();
        return null;
    }

    /** Somebody looks for what is old when the window is over. */
    void watch() {
        session.context().deadlines().watchIds(session, windowNanos);
    }

    /** The message with this id was refused: it may come again. */
    public synchronized void refused(String id) {
        entries.remove(id);
    }

    /** The message with this id was handled. */
    public synchronized void answered(String id, Outgoing answer) {
        Entry entry = entries.get(id);
        if (entry == null || !entry.isRunning) {
            return;
        }
        entry.isRunning = false;
        if (answer.bytes() > MOST_BYTES_OF_ONE) {
            return;
        }
        makeRoom(answer.bytes());
        if (!isClosed && budget().tryTake(answer.bytes(), bytes)) {
            entry.answer = answer;
            bytes += answer.bytes();
        }
    }

    /** Forgets what is old; returns whether anything is left. */
    synchronized boolean forgetOld(long nowNanos) {
        forget(nowNanos, MOST);
        isWatched = !entries.isEmpty();
        if (!isWatched) {
            entries = new LinkedHashMap<>(); // one that has been large stays so
        }
        return isWatched;
    }

    /** The session is over: nothing is kept any more. */
    synchronized void close() {
        isClosed = true;
        entries = new LinkedHashMap<>();
        budget().give(bytes);
        bytes = 0;
    }

    /** What runs longest is old, but not forgotten: it may come again and must not run beside itself. */
    private boolean isOld(Entry entry, long nowNanos) {
        return !entry.isRunning && nowNanos - entry.sinceNanos >= windowNanos;
    }

    @GuardedBy("this")
    private void forget(long nowNanos, int most) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            Entry entry = oldest.next();
            if (!entry.isRunning) {
                if (entries.size() <= most && !isOld(entry, nowNanos)) {
                    return;
                }
                dropAnswer(entry);
                oldest.remove();
            }
        }
    }

    /** What all sessions keep for their clients. */
    private MemoryBudget budget() {
        return session.context().resumeBudget();
    }

    @GuardedBy("this")
    private void makeRoom(int wanted) {
        Iterator<Entry> oldest = entries.values().iterator();
        while (bytes + wanted > MOST_BYTES && oldest.hasNext()) {
            dropAnswer(oldest.next());
        }
    }

    @GuardedBy("this")
    private void dropAnswer(Entry entry) {
        Outgoing answer = entry.answer;
        if (answer != null) {
            entry.answer = null;
            bytes -= answer.bytes();
            budget().give(answer.bytes());
        }
    }
}
