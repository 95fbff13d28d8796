// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hubwire.containers.Server;
import io.hubwire.examples.deployment.Shop;
import io.hubwire.examples.deployment.listener.ShopListener;
import io.hubwire.examples.deployment.provider.ShopHubs;
import io.hubwire.testkit.contract.HttpReply;
import io.hubwire.testkit.contract.RawHandshake;
import io.hubwire.testkit.contract.RawPeer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The deployment examples, each in a WAR of its own. */
class WarTest {
    private static final String QUESTION = "{\"event\":\"shop/left\",\"data\":{\"name\":\"tea\"}}";
    private static final String ANSWER = "\"data\":{\"name\":\"tea\",\"count\":3}";

    @TempDir
    Path folder;

    private WarFolder war;

    @BeforeEach
    void begin() throws IOException {
        war = new WarFolder(folder).classesBeside(Shop.class);
    }

    private WarFolder withProvider() throws IOException {
        return war.classesBeside(ShopHubs.class).provider(ShopHubs.class.getName());
    }

    @Test
    void a_listener_deploys_a_hub() throws Exception {
        war.classesBeside(ShopListener.class).listener(ShopListener.class);
        try (Server server = war.start();
                RawPeer customer = server.peer().path("/app/ws").open()) {
            customer.sendText(QUESTION);

            assertThat(customer.receiveText()).contains(ANSWER);
        }
    }

    @Test
    void a_provider_is_enough_for_two_hubs() throws Exception {
        withProvider().initParameter("staff-key", "secret");
        try (Server server = war.start();
                RawPeer customer = server.peer().path("/app/ws").open();
                RawPeer clerk =
                        staff(server).header("Authorization", "Bearer secret").open()) {
            customer.sendText(QUESTION);
            clerk.sendText(QUESTION);

            assertThat(customer.receiveText()).contains(ANSWER);
            assertThat(clerk.receiveText()).contains(ANSWER);
        }
    }

    @Test
    void each_hub_judges_its_own_handshakes() throws Exception {
        withProvider().initParameter("staff-key", "secret");
        try (Server server = war.start()) {
            HttpReply stranger = staff(server).exchange();
            HttpReply page = server.peer()
                    .path("/app/ws")
                    .header("Origin", "https://elsewhere.example")
                    .exchange();

            assertThat(stranger.status()).isEqualTo(401);
            assertThat(page.status()).isEqualTo(403);
        }
    }

    @Test
    void every_hub_says_goodbye_when_the_application_stops() throws Exception {
        withProvider().initParameter("staff-key", "secret");
        try (Server server = war.start();
                RawPeer customer = server.peer().path("/app/ws").open();
                RawPeer clerk =
                        staff(server).header("Authorization", "Bearer secret").open()) {
            Thread stopping = new Thread(server::stopApplication);
            stopping.start();

            assertThat(customer.receiveClose().closeCode()).isEqualTo(1012);
            assertThat(clerk.receiveClose().closeCode()).isEqualTo(1012);
            stopping.join();
        }
    }

    @Test
    void a_provider_that_fails_fails_the_applications_start() throws Exception {
        withProvider();

        assertThatIllegalStateException().isThrownBy(war::start);
    }

    @Test
    void without_listener_and_provider_there_is_no_hub_and_no_trouble() throws Exception {
        try (Server server = war.start()) {
            assertThat(server.peer().path("/app/ws").exchange().status()).isEqualTo(404);
        }
    }

    private static RawHandshake staff(Server server) {
        return server.peer().path("/app/staff/ws");
    }
}
