// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tests know what they run on. */
class ContainerTest {
    @Test
    void the_tests_run_on_the_container_that_the_build_names() {
        assertThat(Server.STARTER.name() + " " + Server.STARTER.version())
                .isEqualTo(System.getProperty("hubwire.container"));
    }

    @Test
    void a_connection_counts_until_its_descriptor_is_gone() throws Exception {
        try (Server server = Server.setup().start()) {
            assertThat(server.connectionCount()).isZero();

            server.peer().exchange();

            assertThat(server.peer().exchange().status()).isEqualTo(404);
        }
    }
}
