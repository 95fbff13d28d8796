// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    private static final Pattern IMPORT = Pattern.compile("from '\\./([^']+)'");

    private final HttpRoutes routes = new HttpRoutes();

    PagesTest() {
        Pages.addTo(routes);
    }

    @Test
    void the_page_and_all_that_it_loads_is_served() {
        assertThat(get("/").contentType()).isEqualTo("text/html;charset=utf-8");
        assertThat(found(LINK, get("/").body())).isNotEmpty().allSatisfy(link -> assertServed("/" + link));
        assertThat(found(IMPORT, get("/js/main.js").body()))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> {
                    assertServed("/js/" + file);
                    assertThat(found(IMPORT, get("/js/" + file).body()))
                            .allSatisfy(next -> assertServed("/js/" + next));
                });
    }

    @Test
    void the_client_comes_out_of_its_jar_as_it_is() throws IOException {
        String path = "/webjars/hubwire/hubwire.min.js";
        try (InputStream jar = PagesTest.class.getResourceAsStream("/META-INF/resources" + path)) {
            assertThat(get(path).body()).isEqualTo(new String(jar.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertThat(get(path).contentType()).isEqualTo("text/javascript;charset=utf-8");
        assertThat(get("/js/live.js").body()).contains("from '" + path + "'");
        assertThat(get("/webjars/hubwire/types/index.d.ts").status()).isEqualTo(404);
    }

    @Test
    void scripts_and_styles_come_from_here_only_and_never_inline() {
        HttpAnswer page = get("/");

        assertThat(page.headers().get("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe", "*", "data:");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)|<style|\\sstyle=|\\son[a-z]+=|https?://");
    }

    @Test
    void what_others_write_enters_the_page_as_text() {
        List<String> scripts = found(IMPORT, get("/js/main.js").body());

        assertThat(scripts)
                .allSatisfy(file -> assertThat(get("/js/" + file).body())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("));
    }

    @Test
    void no_other_file_is_served() {
        for (String path : List.of("/index.htm", "/js/", "/js", "/../Console.class", "/js/../index.html", "//")) {
            assertThat(get(path).status()).as(path).isEqualTo(404);
        }
    }

    private void assertServed(String path) {
        assertThat(get(path).status()).as(path).isEqualTo(200);
        assertThat(get(path).body()).as(path).contains("SPDX-License-Identifier");
    }

    private HttpAnswer get(String path) {
        return routes.answer(new HttpCall("GET", path, Map.of(), Map.of(), "", "127.0.0.1"));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
