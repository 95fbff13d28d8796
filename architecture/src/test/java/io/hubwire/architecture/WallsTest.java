// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The real tree obeys every wall. */
class WallsTest extends WallsContract {
    private static final JavaClasses CLASSES = Repository.mainClasses();

    @Override
    void check(Function<String, ArchRule> wall, String... planted) {
        wall.apply(Repository.ROOT_PACKAGE).check(CLASSES);
    }

    @Test
    void the_core_was_found() {
        assertThat(Repository.mainClasses("hub-core").resolve("module-info.class"))
                .exists();
        assertThat(CLASSES).isNotEmpty();
    }
}
