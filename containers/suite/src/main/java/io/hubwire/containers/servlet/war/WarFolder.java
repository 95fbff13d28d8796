// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war;

import io.hubwire.Hub;
import io.hubwire.containers.Server;
import io.hubwire.jakarta.HubEndpoint;
import io.hubwire.jakarta.HubProvider;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fills a folder with a web application that has its own copy of the hub. For one thread. */
final class WarFolder {
    private final Path folder;
    private final Path classes;
    private final Path libraries;
    private final List<String> listeners = new ArrayList<>();
    private final Map<String, String> initParameters = new LinkedHashMap<>();

    /** Begins with the hub's libraries and nothing else, in an empty folder. */
    WarFolder(Path folder) throws IOException {
        this.folder = folder;
        this.classes = Files.createDirectories(folder.resolve("WEB-INF/classes"));
        this.libraries = Files.createDirectories(folder.resolve("WEB-INF/lib"));
        library("hub-core.jar", Hub.class);
        library("hub-jakarta-adapter.jar", HubEndpoint.class);
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (jar.getFileName().toString().startsWith("jackson-")) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
    }

    private void library(String name, Class<?> type) throws IOException {
        Path source = sourceOf(type);
        Path jar = libraries.resolve(name);
        if (Files.isDirectory(source)) {
            try (FileSystem made =
                    FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of("create", "true"))) {
                copy(source, made.getPath("/"), Integer.MAX_VALUE);
            }
        } else {
            Files.copy(source, jar);
        }
    }

    /** Adds the classes of this class's package, without those below it. */
    WarFolder classesBeside(Class<?> type) throws IOException {
        Path source = sourceOf(type);
        String name = type.getPackageName().replace('.', '/');
        if (Files.isDirectory(source)) {
            copy(source.resolve(name), classes.resolve(name), 1);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(source)) {
                copy(jar.getPath(name), classes.resolve(name), 1);
            }
        }
        return this;
    }

    /** Says that a class of the application has {@code @WebListener}. */
    WarFolder listener(Class<?> type) {
        listeners.add(type.getName());
        return this;
    }

    /** Names a hub provider as a service of the application. */
    WarFolder provider(String className) throws IOException {
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve(HubProvider.class.getName()), className);
        return this;
    }

    /** An init parameter in the deployment descriptor. */
    WarFolder initParameter(String name, String value) {
        initParameters.put(name, value);
        return this;
    }

    /** Starts the container of this class path with the application. */
    Server start() throws IOException {
        Files.writeString(folder.resolve("WEB-INF/web.xml"), descriptor());
        WarStarter starter = ServiceLoader.load(WarStarter.class).findFirst().orElseThrow();
        return Server.over(starter.start(new War(folder, List.copyOf(listeners), Map.copyOf(initParameters))));
    }

    private String descriptor() {
        return initParameters.entrySet().stream()
                .map(parameter -> "<context-param><param-name>" + parameter.getKey() + "</param-name><param-value>"
                        + parameter.getValue() + "</param-value></context-param>")
                .collect(Collectors.joining(
                        "", "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">", "</web-app>"));
    }

    private static Path sourceOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to, int depth) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(from, depth)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
