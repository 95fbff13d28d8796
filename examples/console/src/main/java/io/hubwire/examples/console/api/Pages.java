// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpRoutes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a browser loads: a fixed list, read once from the class path. Immutable and thread-safe. */
public final class Pages {
    private static final String FOLDER = "/io/hubwire/examples/console/pages/";
    private static final List<String> FILES = List.of(
            "index.html",
            "console.css",
            "icon.svg",
            "js/api.js",
            "js/chart.js",
            "js/connection.js",
            "js/dom.js",
            "js/main.js",
            "js/monitor.js",
            "js/notices.js",
            "js/online.js",
            "js/rooms.js",
            "js/session.js",
            "js/wire.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml;charset=utf-8");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Pages() {}

    /** Adds a {@code GET} for each file, and for {@code /}. */
    public static void addTo(HttpRoutes routes) {
        for (String file : FILES) {
            HttpAnswer answer = answer(file);
            routes.add("GET", "/" + file, call -> answer);
        }
        HttpAnswer index = answer("index.html");
        routes.add("GET", "/", call -> index);
    }

    private static HttpAnswer answer(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        return HttpAnswer.file(TYPES.getOrDefault(extension, "text/plain;charset=utf-8"), read(file))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    private static String read(String file) {
        try (@Nullable InputStream stream = Pages.class.getResourceAsStream(FOLDER + file)) {
            if (stream == null) {
                throw new IllegalStateException(FOLDER + file + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
