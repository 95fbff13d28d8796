// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consumer with a {@code module-info} of its own sees the API and cannot see the engine. */
class ModulePathTest {
    private static final List<String> JARS =
            List.of("jackson-", "jspecify-", "assertj-core-", "byte-buddy-", "jakarta.websocket-", "jakarta.servlet-");

    @TempDir
    Path sources;

    @BeforeEach
    void the_core_is_there() {
        assumeTrue(Files.exists(Repository.mainClasses("hub-core").resolve("io/hubwire/Hub.class")));
    }

    @Test
    void a_consumer_compiles_and_runs_on_the_module_path() throws Exception {
        List<String> modules = Repository.modules();
        consumer(
                modules,
                "System.out.println(io.hubwire.Hub.class.getModule() + \" \" + io.hubwire.Hub.class.isInterface());");

        Compiler.Result result = Compiler.compile(sources, modulePath());

        assertThat(result.messages()).isEmpty();
        assertThat(run(result.classes(), modules)).startsWith("module io.hubwire.core true");
    }

    @Test
    void a_consumer_cannot_reach_the_engine() throws Exception {
        consumer(List.of("io.hubwire.core"), "System.out.println(io.hubwire.internal.DefaultHubBuilder.class);");

        assertThat(Compiler.compile(sources, modulePath()).messages())
                .contains("package io.hubwire.internal is not visible");
    }

    private void consumer(List<String> modules, String statement) {
        String requires = modules.stream().map(name -> "requires " + name + ";").collect(Collectors.joining(" "));
        Repository.write(sources.resolve("module-info.java"), "module consumer { " + requires + " }");
        Repository.write(
                sources.resolve("consumer/Main.java"),
                "package consumer; class Main { public static void main(String[] args) { " + statement + " } }");
    }

    private static String run(Path classes, List<String> modules) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        classes + File.pathSeparator + modulePath(),
                        "--add-modules",
                        String.join(",", modules),
                        "--module",
                        "consumer/consumer.Main")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static String modulePath() {
        return Stream.concat(
                        Repository.LIBRARIES.stream()
                                .map(Repository::mainClasses)
                                .filter(Files::isDirectory),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .map(Path::of)
                                .filter(jar ->
                                        JARS.stream().anyMatch(jar.getFileName().toString()::startsWith)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
