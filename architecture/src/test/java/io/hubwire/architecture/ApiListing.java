// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public and protected API of the exported packages of one module, as {@code javap} prints it, sorted. */
final class ApiListing {
    private static final ToolProvider JAVAP = ToolProvider.findFirst("javap").orElseThrow();
    private static final Predicate<String> VISIBLE =
            line -> line.startsWith("public ") || line.startsWith("protected ");

    private ApiListing() {}

    /** Empty if the folder holds no module. */
    static String of(Path classes) {
        Path descriptor = classes.resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return "";
        }
        List<Path> files = exportedPackages(descriptor).stream()
                .map(name -> classes.resolve(name.replace('.', '/')))
                .flatMap(folder -> Repository.filesUnder(folder, ".class").stream()
                        .filter(file -> file.getParent().equals(folder)))
                .filter(file -> !file.endsWith("package-info.class"))
                .toList();
        return files.isEmpty() ? "" : render(byType(javap(files)));
    }

    private static List<String> exportedPackages(Path descriptor) {
        try (InputStream in = Files.newInputStream(descriptor)) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String javap(List<Path> files) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = Stream.concat(
                        Stream.of("-protected"), files.stream().map(Path::toString))
                .toArray(String[]::new);
        int status = JAVAP.run(new PrintWriter(out), new PrintWriter(err), arguments);
        if (status != 0) {
            throw new IllegalStateException("javap failed with " + status + ": " + err);
        }
        return out.toString();
    }

    /** Name of a type → its header line and its sorted members. */
    private static Map<String, String> byType(String listing) {
        Map<String, String> types = new TreeMap<>();
        for (String block : listing.split("\n}\n?")) {
            List<String> lines = block.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("Compiled from"))
                    .toList();
            String header = lines.get(0);
            String members = lines.stream().skip(1).sorted().collect(Collectors.joining("\n"));
            types.put(nameIn(header), header + "\n" + members + (members.isEmpty() ? "" : "\n") + "}\n");
        }
        return types;
    }

    private static String nameIn(String header) {
        String afterKind = header.replaceFirst("^.*?\\b(class|interface) ", "");
        return afterKind.split("[ <{]")[0];
    }

    private static String render(Map<String, String> types) {
        return types.entrySet().stream()
                .filter(type -> isVisible(type.getKey(), types))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("\n"));
    }

    /** A nested type is as visible as the types around it. */
    private static boolean isVisible(String name, Map<String, String> types) {
        int dollar = name.lastIndexOf('$');
        return types.containsKey(name)
                && VISIBLE.test(types.get(name))
                && (dollar < 0 || isVisible(name.substring(0, dollar), types));
    }
}
