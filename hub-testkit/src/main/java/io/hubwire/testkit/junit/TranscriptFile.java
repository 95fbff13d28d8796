// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Where the whole transcript of a test goes when a report shows a part of it. */
final class TranscriptFile {
    private static final String FOLDER = "hubwire-transcripts";
    private static final Pattern INVOCATION = Pattern.compile(":#(\\d+)]");

    private TranscriptFile() {}

    /** A file of the test's own, in the folder where Maven or Gradle keep their reports; nowhere if there is none. */
    static Optional<Path> of(ExtensionContext test) {
        return Stream.of("target", "build")
                .map(Path::of)
                .filter(Files::isDirectory)
                .findFirst()
                .map(folder -> folder.resolve(FOLDER).resolve(nameOf(test) + ".txt"));
    }

    private static String nameOf(ExtensionContext test) {
        String method = test.getRequiredTestClass().getName() + "."
                + test.getRequiredTestMethod().getName();
        return method + invocationOf(test.getUniqueId());
    }

    /** The numbers of parameterized classes, parameterized tests and repetitions, which mark its unique id: {@code :#2]}. */
    private static String invocationOf(String uniqueId) {
        return INVOCATION
                .matcher(uniqueId)
                .results()
                .map(invocation -> "-" + invocation.group(1))
                .collect(Collectors.joining());
    }
}
