// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The JDK's compiler, on a folder of sources that form one module. */
final class Compiler {
    private static final ToolProvider JAVAC = ToolProvider.findFirst("javac").orElseThrow();

    private Compiler() {}

    record Result(Path classes, String messages) {}

    static Result compile(Path sources, String modulePath) throws IOException {
        Path classes = Files.createTempDirectory("classes");
        List<String> arguments = new ArrayList<>(
                List.of("--release", "17", "-proc:none", "-d", classes.toString(), "--module-path", modulePath));
        Repository.filesUnder(sources, ".java").forEach(file -> arguments.add(file.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        JAVAC.run(out, out, arguments.toArray(String[]::new));
        return new Result(classes, messages.toString());
    }
}
