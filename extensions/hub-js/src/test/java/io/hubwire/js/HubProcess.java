// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;

/** A {@link ProofHub} in a process of its own, always on the same port. */
final class HubProcess implements AutoCloseable {
    /** Bound and never listening: while the hub is gone, the port is given to nobody else. */
    private final Socket reserved = new Socket();

    private final int port;
    private final Path work;
    private Process process;
    private int starts;

    HubProcess(Path work) throws IOException {
        reserved.setReuseAddress(true); // as servers do: so the hub may have it
        reserved.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = reserved.getLocalPort();
        this.work = work;
        process = start();
    }

    int port() {
        return port;
    }

    Path record() {
        return work.resolve("hub.txt").toAbsolutePath();
    }

    /** Kills it without a word, and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it anew; it serves when this returns. */
    void restart() throws IOException {
        process = start();
    }

    private Process start() throws IOException {
        File log = work.resolve("hub.log").toFile();
        Process started = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        BufferedReader lines = started.inputReader();
        if (!"listening".equals(lines.readLine())) {
            started.destroyForcibly();
            throw new IllegalStateException("the hub did not start, see " + log);
        }
        return started;
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                ProofHub.class.getName(),
                Integer.toString(port),
                work.resolve("pages").toAbsolutePath().toString(),
                record().toString(),
                "hub-" + ++starts);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        reserved.close();
    }
}
