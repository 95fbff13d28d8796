// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The kit in a program that has no JUnit. */
class WithoutJUnitTest {
    @Test
    void hub_clients_assertions_and_failures_need_no_junit() throws Exception {
        try (URLClassLoader loader = withoutJUnit()) {
            assertThat(runIn(loader))
                    .startsWith("java.lang.AssertionError: expected ann to be closed with 4004")
                    .contains("Transcript of ann");
        }
    }

    @Test
    void that_program_truly_has_no_junit() throws IOException {
        try (URLClassLoader loader = withoutJUnit()) {
            for (String name : new String[] {"org.junit.jupiter.api.Test", "org.opentest4j.AssertionFailedError"}) {
                assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(name));
            }
        }
    }

    private static String runIn(ClassLoader loader) throws ReflectiveOperationException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader); // where Jackson looks for its modules
        try {
            Class<?> program = loader.loadClass("io.hubwire.testkit.junit.PlainProgram");
            return (String) program.getMethod("run").invoke(null);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static URLClassLoader withoutJUnit() {
        URL[] places = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(place -> !place.getFileName().toString().matches("(junit|opentest4j)-.*"))
                .map(WithoutJUnitTest::url)
                .toArray(URL[]::new);
        return new URLClassLoader(places, ClassLoader.getPlatformClassLoader());
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new AssertionError(place.toString(), e);
        }
    }
}
