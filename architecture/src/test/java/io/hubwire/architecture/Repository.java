// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The checkout that is being built. */
final class Repository {
    static final String ROOT_PACKAGE = "io.hubwire";
    static final List<String> LIBRARIES =
            List.of("hub-core", "hub-jakarta-adapter", "hub-testkit", "extensions/hub-client");

    private static final List<String> EXAMPLES = List.of(
            "examples/quickstart",
            "examples/clients",
            "examples/deployment",
            "examples/console",
            "examples/console-on/tomcat",
            "examples/console-on/jetty",
            "examples/console-on/undertow",
            "examples/console-on/tyrus");
    private static final Path ROOT =
            Path.of(System.getProperty("hubwire.root", "..")).toAbsolutePath().normalize();

    private Repository() {}

    static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    /** The compiled main code of a module; empty while the module has none. */
    static Path mainClasses(String module) {
        return path(module).resolve("target/classes");
    }

    /** The main code of all libraries, and of those examples that the build has reached. */
    static JavaClasses mainClasses() {
        List<Path> folders = Stream.concat(LIBRARIES.stream(), EXAMPLES.stream())
                .map(Repository::mainClasses)
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    /** The names of the libraries' modules. */
    static List<String> modules() {
        Path[] folders = LIBRARIES.stream().map(Repository::mainClasses).toArray(Path[]::new);
        return ModuleFinder.of(folders).findAll().stream()
                .map(module -> module.descriptor().name())
                .sorted()
                .toList();
    }

    static List<Path> filesUnder(Path folder, String suffix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
