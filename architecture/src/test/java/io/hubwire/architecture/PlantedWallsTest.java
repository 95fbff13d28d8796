// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each wall fails on the planted tree and names what was planted: a rule that cannot fail proves nothing. */
class PlantedWallsTest extends WallsContract {
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages("planted");

    @Override
    void check(Function<String, ArchRule> wall, String... planted) {
        assertThat(planted).isNotEmpty();
        assertThat(String.join(
                        "\n",
                        wall.apply("planted")
                                .evaluate(CLASSES)
                                .getFailureReport()
                                .getDetails()))
                .contains(planted);
    }

    @Test
    void no_wall_was_forgotten() {
        assertThat(Arrays.stream(WallsContract.class.getDeclaredMethods())
                        .map(Method::getName)
                        .filter(name -> name.contains("_"))
                        .map(name -> name.replace("_", "")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Walls.class.getDeclaredMethods())
                        .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic())
                        .map(method -> method.getName().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
