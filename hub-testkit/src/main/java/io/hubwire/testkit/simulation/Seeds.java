// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which seeds are run: one that is asked for, or those that have failed before and then a range. Immutable.
 *
 * @param one the only one
 * @param count how many, if a property says so
 * @param first the first of the range
 * @param regressions those that have failed before
 */
record Seeds(Optional<Long> one, Optional<Integer> count, long first, List<Long> regressions) {
    static final String ONE = "hubwire.simulation.seed";
    static final String COUNT = "hubwire.simulation.seeds";
    static final String FIRST = "hubwire.simulation.first";

    private static final String REGRESSIONS = "hubwire-simulation.seeds";

    /** As the system's properties and the test's resources say. */
    static Seeds asked() {
        try (@Nullable InputStream file = loader().getResourceAsStream(REGRESSIONS)) {
            return of(System.getProperties(), file == null ? List.of() : read(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the seeds that have failed before cannot be read", e);
        }
    }

    static Seeds of(Properties properties, List<Long> regressions) {
        Optional<Long> count = number(properties, COUNT);
        if (count.isPresent() && count.get() < 1) {
            throw new IllegalArgumentException("-D" + COUNT + ": " + count.get() + " seeds are too few");
        }
        return new Seeds(
                number(properties, ONE),
                count.map(Math::toIntExact),
                number(properties, FIRST).orElse(1L),
                regressions);
    }

    /** One a line; the rest of a line behind a # is for people. */
    static List<Long> read(InputStream file) {
        return new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                .lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(line -> decode(line, REGRESSIONS))
                .toList();
    }

    boolean isReplay() {
        return one.isPresent();
    }

    /** In the order in which they are run, unless a property says how many there are. */
    Set<Long> chosen(int usually) {
        if (one.isPresent()) {
            return Set.of(one.get());
        }
        Set<Long> seeds = new LinkedHashSet<>(regressions);
        LongStream.range(first, first + count.orElse(usually)).forEach(seeds::add);
        return seeds;
    }

    private static Optional<Long> number(Properties properties, String name) {
        return Optional.ofNullable(properties.getProperty(name)).map(text -> decode(text, "-D" + name));
    }

    private static Long decode(String text, String place) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(place + ": '" + text + "' is not a number such as 42 or 0x2a", e);
        }
    }

    /** The test's own, which sees the test's resources. */
    private static ClassLoader loader() {
        @Nullable ClassLoader ofTest = Thread.currentThread().getContextClassLoader();
        return ofTest == null ? ClassLoader.getSystemClassLoader() : ofTest;
    }
}
