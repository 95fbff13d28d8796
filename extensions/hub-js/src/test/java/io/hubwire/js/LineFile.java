// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file of lines in which a process writes down what it does; a kill loses nothing of it. Thread-safe. */
final class LineFile {
    private final FileOutputStream file;

    LineFile(Path path) throws IOException {
        file = new FileOutputStream(path.toFile(), true);
    }

    synchronized void write(String line) {
        try {
            file.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
