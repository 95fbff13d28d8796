// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.spi.HubRuntime.Work;
import io.hubwire.testkit.TaskQueue.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of the tasks that wait is the next. Its owner guards it. */
interface TaskOrder {
    void add(Task task);

    /** Null if none waits. */
    @Nullable
    Task poll();

    int size();

    void clear();

    /** As they were submitted, whatever they belong to. */
    static TaskOrder ofSubmission() {
        return new OfSubmission();
    }

    /** Each strand's in its own order; which strand is next, is drawn. */
    static TaskOrder drawnFrom(Interleaving interleaving) {
        return new Drawn(interleaving);
    }

    /** One line for all. */
    final class OfSubmission implements TaskOrder {
        private final Deque<Task> tasks = new ArrayDeque<>();

        private OfSubmission() {}

        @Override
        public void add(Task task) {
            tasks.add(task);
        }

        @Override
        public @Nullable Task poll() {
            return tasks.poll();
        }

        @Override
        public int size() {
            return tasks.size();
        }

        @Override
        public void clear() {
            tasks.clear();
        }
    }

    /** A line for each strand that has something to do, in the order in which they got it. */
    final class Drawn implements TaskOrder {
        /** A name belongs to one strand within its kind of work. */
        private record Key(Work kind, String strand) {}

        private final Interleaving interleaving;
        private final Map<Key, Deque<Task>> lines = new HashMap<>();
        private final List<Key> busy = new ArrayList<>();
        private int size;

        private Drawn(Interleaving interleaving) {
            this.interleaving = interleaving;
        }

        @Override
        public void add(Task task) {
            Key key = new Key(task.kind(), task.strand());
            Deque<Task> line = lines.computeIfAbsent(key, unused -> new ArrayDeque<>());
            if (line.isEmpty()) {
                busy.add(key);
            }
            line.add(task);
            size++;
        }

        @Override
        public @Nullable Task poll() {
            if (busy.isEmpty()) {
                return null;
            }
            int index = busy.size() == 1 ? 0 : interleaving.next(busy.size());
            Deque<Task> line = lines.getOrDefault(busy.get(index), new ArrayDeque<>());
            Task next = line.poll();
            if (line.isEmpty()) {
                lines.remove(busy.remove(index));
            }
            size--;
            return next;
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public void clear() {
            lines.clear();
            busy.clear();
            size = 0;
        }
    }
}
