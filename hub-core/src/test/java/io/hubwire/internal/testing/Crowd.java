// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Several threads that begin at the same moment. */
public final class Crowd {
    private static final int LONGEST_SECONDS = 20;

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Part {
        /** Called once on each thread with its number. */
        void play(int thread) throws Exception;
    }

    private Crowd() {}

    /** Lets so many threads play their parts at once, and waits for all of them; what one throws is thrown here. */
    public static void of(int threads, Part part) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> parts = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                Callable<Void> play = () -> {
                    start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                    part.play(thread);
                    return null;
                };
                parts.add(pool.submit(play));
            }
            for (Future<?> played : parts) {
                played.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
