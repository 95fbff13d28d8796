// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpCallTest {
    @Test
    void headers_are_found_whatever_the_case_of_their_name() {
        HttpCall call = new HttpCall("GET", "/", Map.of(), Map.of("user-agent", "x"), "", "127.0.0.1");

        assertThat(call.header("User-Agent")).hasValue("x");
        assertThat(call.header("Accept")).isEmpty();
    }

    @Test
    void a_query_is_decoded_and_its_first_values_count() {
        assertThat(QueryString.parse("a=1&b=x%20y+z&a=2&c&d=%C3%A9&=v"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", "1", "b", "x y z", "c", "", "d", "é", "", "v"));
    }

    @Test
    void a_query_that_cannot_be_decoded_is_taken_as_it_is() {
        assertThat(QueryString.parse("a=%zz")).containsEntry("a", "%zz");
    }

    @Test
    void numbers_are_read_within_their_range() {
        HttpCall call = query("page=3&size=&big=99999999999&word=x");

        assertThat(call.number("page", 1, 9)).hasValue(3);
        assertThat(call.number("size", 1, 9)).isEmpty();
        assertThat(call.number("none", 1, 9)).isEmpty();
        assertRefused(() -> call.number("page", 1, 2), "page is not within 1-2");
        assertRefused(() -> call.number("big", 1, 9), "big is not a number");
        assertRefused(() -> call.number("word", 1, 9), "word is not a number");
    }

    private static void assertRefused(Runnable reading, String message) {
        assertThatThrownBy(reading::run).isInstanceOf(HttpException.class).hasMessage(message);
    }

    private static HttpCall query(String text) {
        return new HttpCall("GET", "/", QueryString.parse(text), Map.of(), "", "127.0.0.1");
    }
}
