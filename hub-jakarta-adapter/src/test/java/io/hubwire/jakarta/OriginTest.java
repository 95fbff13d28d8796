// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OriginTest {
    @Test
    void an_origin_is_compared_by_scheme_host_and_port_whatever_its_spelling() {
        assertThat(Origin.parse("https://App.Example")).isEqualTo(Origin.parse("HTTPS://app.example:443"));
        assertThat(Origin.parse("http://app.example")).isEqualTo(Origin.parse("http://app.example:80"));
        assertThat(Origin.parse("http://app.example")).isNotEqualTo(Origin.parse("http://app.example:443"));
        assertThat(Origin.parse("http://app.example")).isNotEqualTo(Origin.parse("http://app.example."));
        assertThat(Origin.parse("capacitor://localhost")).isPresent();
    }

    @Test
    void an_address_of_ipv6_is_the_same_with_brackets_and_without() {
        assertThat(Origin.parse("http://[::1]:8080")).contains(Origin.of("http", "::1", 8080));
        assertThat(Origin.parse("http://[::1]:8080")).contains(Origin.of("HTTP", "[::1]", 8080));
        assertThat(Origin.parse("http://[FE80::1]")).contains(Origin.of("http", "fe80::1", 80));
    }

    @Test
    void what_is_not_one_origin_is_none() {
        for (String text : List.of(
                "",
                "null",
                "://app",
                "http:app",
                "http:/app",
                "http://",
                "http://a b",
                "http://a/b",
                "http://a?b",
                "http://a#b",
                "http://u@a",
                "http://a:",
                "http://a:b",
                "http://a:-1",
                "http://a:0",
                "http://a:65536",
                "http://a:1:2",
                "http://*",
                "http://[",
                "http://[::1",
                "http://::1",
                "http://[::1]x",
                "http://a\u0000",
                "http://ä",
                "9a://b",
                "a_b://c")) {
            assertThat(Origin.parse(text)).as("'%s'", text).isEmpty();
        }
    }
}
