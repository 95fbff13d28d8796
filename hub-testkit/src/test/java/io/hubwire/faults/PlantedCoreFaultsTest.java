// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The library's own simulation finds every planted fault, and nothing without one. With which seed it was found, and how
 * short the run became that shows it, stands in {@code target/planted-faults.txt}.
 */
@Tag("planted-faults")
class PlantedCoreFaultsTest {
    private static final int SEEDS = 2_000;
    private static final int SEEDS_WITHOUT_FAULT = 50;
    private static final int LONGEST_SECONDS = 120;
    private static final Pattern FOUND =
            Pattern.compile("seed (0x\\w+), \\d+ actions, shrunk to (\\d+) .*?\ninvariant ([^\n]*)", Pattern.DOTALL);
    private static final Path REPORT =
            Path.of(System.getProperty("basedir", ".")).resolve("target/planted-faults.txt");
    private static final Map<CoreFault, String> FINDINGS = new EnumMap<>(CoreFault.class);

    @ParameterizedTest
    @EnumSource
    void the_simulation_finds_a_planted_fault(CoreFault fault) throws Exception {
        Optional<String> failure = firstFailure(fault.plant(), SEEDS);

        assertThat(failure).as(fault + " breaks that " + fault.promise()).isPresent();
        Matcher found = FOUND.matcher(failure.orElseThrow());
        assertThat(found.find())
                .as("it is a promise that is broken: " + failure)
                .isTrue();
        FINDINGS.put(
                fault,
                "found at seed " + Long.decode(found.group(1)) + ", shrunk to " + found.group(2) + " actions: "
                        + found.group(3));
    }

    @Test
    void the_simulation_finds_nothing_in_the_core_as_it_is() throws Exception {
        assertThat(firstFailure(Map.of(), SEEDS_WITHOUT_FAULT)).isEmpty();
    }

    @Test
    void a_line_that_has_moved_on_is_named() {
        assertThatThrownBy(() -> PatchedSource.of("io/hubwire/Hub.java", "no such line", ""))
                .hasMessageContaining("io/hubwire/Hub.java")
                .hasMessageContaining("stands 0 times instead of once: no such line");
    }

    @Test
    void a_fault_that_does_not_compile_is_shown() {
        PatchedSource source = PatchedSource.of("io/hubwire/Overflow.java", "package io.hubwire;", "package;");

        assertThatThrownBy(source::compile)
                .hasMessageContaining("io/hubwire/Overflow.java does not compile as planted")
                .hasMessageContaining("<identifier> expected");
    }

    @AfterAll
    static void write_what_was_found() throws IOException {
        Files.createDirectories(REPORT.getParent());
        Files.writeString(
                REPORT,
                FINDINGS.entrySet().stream()
                        .map(finding -> finding.getKey() + " " + finding.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    /** A fault may let the engine hang: then its thread is left behind, and the test fails. */
    private static Optional<String> firstFailure(Map<String, byte[]> patched, int seeds) throws Exception {
        PatchedLoader loader = new PatchedLoader(patched);
        FutureTask<Optional<String>> trial = new FutureTask<>(() -> run(loader, seeds));
        Thread thread = new Thread(trial, "trial of a planted fault");
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.start();
        try {
            return trial.get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("the simulation has not ended within " + LONGEST_SECONDS + " s", placeOf(thread));
        } catch (ExecutionException e) {
            throw new AssertionError("the simulation broke down", e.getCause());
        }
    }

    private static Throwable placeOf(Thread thread) {
        Throwable place = new Throwable("here is the " + thread.getName());
        place.setStackTrace(thread.getStackTrace());
        return place;
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> run(ClassLoader loader, int seeds) throws Exception {
        try {
            return (Optional<String>) loader.loadClass(Trial.class.getName())
                    .getMethod("firstFailure", int.class)
                    .invoke(null, seeds);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
