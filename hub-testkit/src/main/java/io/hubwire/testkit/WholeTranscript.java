// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the whole of a transcript goes when a report shows a part of it: a file, or nowhere. Immutable. */
record WholeTranscript(Optional<Path> file) {
    static final WholeTranscript NOWHERE = new WholeTranscript(Optional.empty());

    /** Writes the file and says where it is; says nothing if there is none. */
    String place(Transcript transcript) {
        return file.filter(path -> isWritten(path, transcript.whole()))
                .map(path -> ", the whole transcript is in " + path)
                .orElse("");
    }

    /** A report is more important than its file: one that cannot be written is not mentioned. */
    private static boolean isWritten(Path path, String text) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(path, text + "\n");
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
