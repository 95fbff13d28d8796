// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.server;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {
    @Test
    void without_a_container_on_the_class_path_it_says_so() {
        try (Hub hub = Hub.builder().build()) {
            assertThatThrownBy(() -> ConsoleServer.start(hub, new HttpRoutes(), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("one container must be on the class path, found: []");
        }
    }
}
