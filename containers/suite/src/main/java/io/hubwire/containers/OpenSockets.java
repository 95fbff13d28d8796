// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Counts sockets as the kernel does: no container's own counter can be wrong about them. Linux only. */
final class OpenSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private OpenSockets() {}

    /** The connections to this port for which a process holds a descriptor on the server's side. */
    static long ofServer(int port) {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        return TABLES.stream().mapToLong(table -> count(table, suffix)).sum();
    }

    private static long count(Path table, String suffix) {
        try (Stream<String> lines = Files.lines(table)) {
            return lines.filter(line -> line.contains(suffix))
                    .map(line -> line.strip().split("\\s+"))
                    .filter(columns -> columns[LOCAL_ADDRESS].endsWith(suffix))
                    .filter(columns -> !columns[STATE].equals(LISTENING))
                    .filter(columns -> !columns[INODE].equals("0")) // closed, but the kernel still has business with it
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
