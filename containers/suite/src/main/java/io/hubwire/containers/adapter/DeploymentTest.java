// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.containers.Server;
import io.hubwire.testkit.contract.RawPeer;
import org.junit.jupiter.api.Test;

/** The life of a deployment, from the application's start to its end. */
class DeploymentTest {
    private final AcceptorOnlyHub hub = new AcceptorOnlyHub();

    @Test
    void the_hub_is_started_with_the_application_and_closed_with_it() {
        try (Server server = Server.of(hub.hub())) {
            assertThat(hub.startCount()).isEqualTo(1);
            assertThat(hub.closeCount()).isZero();

            server.stopApplication();

            assertThat(hub.closeCount()).isPositive();
        }
    }

    @Test
    void two_hubs_live_side_by_side() throws Exception {
        AcceptorOnlyHub other = new AcceptorOnlyHub();
        try (Server server = Server.setup()
                        .serve(hub.endpoint().at("/one"))
                        .serve(other.endpoint().at("/"))
                        .start();
                RawPeer one = server.peer().path("/one").open();
                RawPeer two = server.peer().path("/").open()) {
            one.sendText("to one");
            two.sendText("to the other");

            assertThat(hub.nextOpened().nextText()).isEqualTo("to one");
            assertThat(other.nextOpened().nextText()).isEqualTo("to the other");
        }
    }
}
