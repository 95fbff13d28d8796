// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks every two milliseconds at what a thread does, and now and then at all others, the container's among them; remembers when one
 * was inside a send and waited there.
 *
 * <p>To wait for a lock that another thread is about to give up is counted; to wait for the network is what must not happen.
 */
final class StackSampler implements AutoCloseable {
    private static final long EVERY_MILLIS = 2;
    private static final long EVERY_MILLIS_OF_OTHERS = 100;
    private static final int DEEP = 200;
    private static final int EXAMPLES = 3;
    private static final String SEND = "io.hubwire.jakarta.JakartaConnection.send";

    /** Blocking sends of Tomcat, and of Undertow: never to be seen. */
    private static final List<String> BLOCKING = List.of(
            "sendMessageBlock",
            "acquireMessagePartInProgressSemaphore",
            "NioSocketWrapper.doWrite",
            "awaitWritable",
            "sendBlocking");

    /** What waits for a signal of another thread: never to be seen waiting. */
    private static final List<String> WAITING = List.of(
            "Semaphore.tryAcquire",
            "Semaphore.acquire",
            "CountDownLatch.await",
            "ConditionObject.await",
            "Object.wait",
            "CompletableFuture.get",
            "CompletableFuture.join");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "stack sampler");
        thread.setDaemon(true);
        return thread;
    });
    private final long threadId;
    private final List<String> blocked = new CopyOnWriteArrayList<>();

    /** The timer's thread only, until it has ended. */
    private final Map<String, Integer> lockWaits = new TreeMap<>();

    private int samples;
    private int samplesOfOthers;
    private int blockedSamples;
    private int inSend;
    private int inARow;
    private int mostInARow;

    StackSampler(Thread watched) {
        this.threadId = watched.getId();
        timer.scheduleWithFixedDelay(this::sample, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(
                this::sampleOthers, EVERY_MILLIS_OF_OTHERS, EVERY_MILLIS_OF_OTHERS, TimeUnit.MILLISECONDS);
    }

    private void sample() {
        ThreadInfo info = threads.getThreadInfo(threadId, DEEP);
        if (info == null) {
            return;
        }
        samples++;
        List<String> frames = framesOf(info);
        boolean isInSend = frames.contains(SEND);
        boolean isWaiting = isInSend && info.getThreadState() != Thread.State.RUNNABLE;
        inSend += isInSend ? 1 : 0;
        inARow = isWaiting ? inARow + 1 : 0;
        mostInARow = Math.max(mostInARow, inARow);
        if (!takeIfBlocked(info, frames) && isWaiting) {
            lockWaits.merge(info.getThreadState() + " " + firstOutsideTheJdk(frames), 1, Integer::sum);
        }
    }

    private void sampleOthers() {
        samplesOfOthers++;
        for (ThreadInfo info : threads.dumpAllThreads(false, false, DEEP)) {
            if (info != null && info.getThreadId() != threadId) {
                takeIfBlocked(info, framesOf(info));
            }
        }
    }

    private static List<String> framesOf(ThreadInfo info) {
        return Stream.of(info.getStackTrace())
                .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                .toList();
    }

    private boolean takeIfBlocked(ThreadInfo info, List<String> frames) {
        List<String> below = frames.subList(0, Math.max(0, frames.indexOf(SEND)));
        boolean isWaiting = info.getThreadState() != Thread.State.RUNNABLE;
        if (!has(below, BLOCKING) && !(isWaiting && has(below, WAITING))) {
            return false;
        }
        blockedSamples++;
        if (blocked.size() < EXAMPLES) {
            blocked.add(info.getThreadName() + " " + info.getThreadState() + " " + String.join("\n    ", frames));
        }
        return true;
    }

    private static boolean has(List<String> frames, List<String> calls) {
        return frames.stream().anyMatch(frame -> calls.stream().anyMatch(frame::contains));
    }

    private static String firstOutsideTheJdk(List<String> frames) {
        return frames.stream()
                .filter(frame -> !frame.startsWith("java.") && !frame.startsWith("jdk."))
                .findFirst()
                .orElse("");
    }

    /** Some stacks in which the thread was inside a blocking call of the container, below a send; empty if there was none. */
    List<String> blocked() {
        return blocked;
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Override
    public String toString() {
        return samples + " samples, " + samplesOfOthers + " of all other threads, " + inSend
                + " inside a container's send, " + blockedSamples
                + " in a blocking call, waiting for a lock: "
                + lockWaits.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining(", ", "[", "]"))
                + ", at most " + mostInARow + " in a row";
    }
}
