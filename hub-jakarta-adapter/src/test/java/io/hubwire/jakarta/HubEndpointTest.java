// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class HubEndpointTest {
    private final HubEndpoint endpoint = HubEndpoint.serving(new CountedHub().hub());

    @Test
    void a_bad_path_fails_with_its_value_and_what_is_allowed() {
        for (String bad : List.of(
                "",
                "ws",
                "/ws/",
                "//",
                "/ws//a",
                "/{room}",
                "/ws/{}",
                "/ws/{a}/{a}",
                "/ws/{a",
                "/ws/a}",
                "/w s",
                "/ws?a",
                "/ws/*",
                "/ws/{a-b}",
                "/ws/é")) {
            assertThatIllegalArgumentException()
                    .as("'%s'", bad)
                    .isThrownBy(() -> endpoint.at(bad))
                    .withMessageContaining("endpoint.path is '" + bad + "'")
                    .withMessageContaining("'/ws/{room}'");
        }
    }

    @Test
    void a_bad_origin_fails_with_its_value_and_what_is_allowed() {
        for (String bad : List.of(
                "",
                "null",
                "*",
                "app.example",
                "https://",
                "https://app.example/",
                "https://app.example:0",
                "https://app.example:99999",
                "https://app.example:",
                "https://a.*.example",
                "https://*",
                "https://*.",
                "https://**.a",
                "https://user@app.example",
                "https://*app.example",
                "https://[::1",
                "1http://app.example")) {
            assertThatIllegalArgumentException()
                    .as("'%s'", bad)
                    .isThrownBy(() -> endpoint.allowOrigins("https://good.example", bad))
                    .withMessageContaining("endpoint.allowOrigins has '" + bad + "'")
                    .withMessageContaining("scheme://host[:port]");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(endpoint::allowOrigins)
                .withMessageContaining("endpoint.allowOrigins")
                .withMessageContaining("at least one");
    }

    @Test
    void a_blank_name_for_a_token_fails_with_its_setting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint.tokenFromQuery(" "))
                .withMessageContaining("endpoint.tokenFromQuery is ' '");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> endpoint.tokenFromCookie(""))
                .withMessageContaining("endpoint.tokenFromCookie is ''");
    }

    @Test
    void each_setting_makes_another_endpoint() {
        HubEndpoint moved = endpoint.at("/other");

        assertThat(endpoint).hasToString("hub at /ws");
        assertThat(moved).hasToString("hub at /other");
    }
}
