// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the Java and TypeScript blocks of the documentation equal to regions of compiled code.
 *
 * <p>A block is bound by the comment before it, {@code <!-- region: path/to/File.java#name -->}; the region stands between
 * the lines {@code // region name} and {@code // endregion}.
 */
final class DocumentedRegions {
    private static final Pattern BLOCK =
            Pattern.compile("(<!-- region: ([^#\\s]+)#(\\S+) -->\\n+```(?:java|ts)\\n)(.*?)(?=```)", Pattern.DOTALL);

    private final Path root;

    DocumentedRegions(Path root) {
        this.root = root;
    }

    /** The document with each bound block as its region says. */
    String refresh(String document) {
        return BLOCK.matcher(document)
                .replaceAll(block -> Matcher.quoteReplacement(
                        block.group(1) + region(root.resolve(block.group(2)), block.group(3))));
    }

    private static String region(Path file, String name) {
        List<String> lines = Repository.read(file).lines().toList();
        int start = indexOf(lines, "// region " + name, 0);
        int end = start < 0 ? -1 : indexOf(lines, "// endregion", start);
        if (end < 0) {
            throw new IllegalArgumentException(file + " has no region \"" + name + "\" that ends with // endregion");
        }
        return String.join("\n", lines.subList(start + 1, end)).stripIndent().strip() + "\n";
    }

    private static int indexOf(List<String> lines, String marker, int from) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().equals(marker)) {
                return i;
            }
        }
        return -1;
    }
}
