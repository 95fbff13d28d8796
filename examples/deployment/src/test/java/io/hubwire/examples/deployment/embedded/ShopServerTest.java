// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.deployment.Customer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class ShopServerTest {
    @Test
    void a_servlet_and_the_hub_share_a_port() throws Exception {
        try (ShopServer server = new ShopServer(0)) {
            Customer customer = new Customer(server.port(), "/shop/ws");
            customer.send("{\"event\":\"shop/left\",\"data\":{\"name\":\"tea\"}}");

            assertThat(customer.next()).contains("\"name\":\"tea\",\"count\":3");
            assertThat(pageAt(server.port())).isEqualTo("tea 4.20");
        }
    }

    @Test
    void clients_are_told_when_the_program_ends() throws Exception {
        ShopServer server = new ShopServer(0);
        Customer customer = new Customer(server.port(), "/shop/ws");

        server.close();

        assertThat(customer.next()).isEqualTo("closed with 1012");
    }

    private static String pageAt(int port) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + port + "/shop/prices");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }
}
