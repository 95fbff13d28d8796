// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** One source file of {@code hub-core} with one line changed, compiled in memory. */
final class PatchedSource {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."))
            .resolveSibling("hub-core")
            .resolve("src/main/java");

    private final String path;
    private final String text;

    private PatchedSource(String path, String text) {
        this.path = path;
        this.text = text;
    }

    /**
     * Changes one line.
     *
     * @param path of the file among the sources
     * @throws IllegalStateException if the line does not stand there exactly once
     */
    static PatchedSource of(String path, String line, String planted) {
        List<String> lines = read(SOURCES.toAbsolutePath().normalize().resolve(path));
        long places = lines.stream().filter(found -> found.strip().equals(line)).count();
        if (places != 1) {
            throw new IllegalStateException("the source has moved on: in " + path + " this line stands " + places
                    + " times instead of once: " + line);
        }
        return new PatchedSource(
                path,
                lines.stream()
                        .map(found -> found.strip().equals(line) ? planted : found)
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException("the source has moved on: " + file + " cannot be read", e);
        }
    }

    /**
     * The classes of this file, by their names.
     *
     * @throws IllegalStateException if it does not compile
     */
    Map<String, byte[]> compile() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
                InMemory output = new InMemory(files)) {
            boolean isCompiled = compiler.getTask(
                            messages,
                            output,
                            null,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-nowarn",
                                    "-Xlint:none",
                                    "-parameters",
                                    "-classpath",
                                    System.getProperty("java.class.path")),
                            null,
                            List.of(new Source(path, text)))
                    .call();
            if (!isCompiled) {
                throw new IllegalStateException(path + " does not compile as planted:\n" + messages);
            }
            return output.classes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("planted:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

        InMemory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("planted:///" + className), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }

        Map<String, byte[]> classes() {
            Map<String, byte[]> classes = new TreeMap<>();
            written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
            return classes;
        }
    }
}
