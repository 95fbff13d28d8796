// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What this JVM uses at a moment. */
final class JvmState {
    private static final int COLLECTIONS = 4;

    private JvmState() {}

    /** Bytes of live objects: the least that is left after several full collections. */
    static long liveHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Open file descriptors, on systems that have {@code /proc}; 0 elsewhere. */
    static long fileDescriptors() throws IOException {
        Path all = Path.of("/proc/self/fd");
        if (!Files.isDirectory(all)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(all)) {
            return open.count();
        }
    }

    /** The names of live platform threads of hubs. Those of the Java client, which all tests of this JVM share, are not. */
    static List<String> hubThreads() {
        return names(name -> name.startsWith("hubwire-") && !name.startsWith("hubwire-client-"));
    }

    /** The names of all other live platform threads. */
    static List<String> otherThreads() {
        return names(name -> !name.startsWith("hubwire-"));
    }

    private static List<String> names(Predicate<String> which) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(which)
                .sorted()
                .toList();
    }
}
