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
    private static final String JARS = "/META-INF/resources";
    private static final List<String> FILES_OF_JARS =
            List.of("/webjars/hubwire/hubwire.min.js", "/webjars/hubwire/hubwire.min.js.map");
    private static final List<String> FILES = List.of(
            "index.html",
            "console.css",
            "icon.svg",
            "js/api.js",
            "js/chart.js",
            "js/connection.js",
            "js/dom.js",
            "js/line.js",
            "js/live.js",
            "js/livelog.js",
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
            "svg", "image/svg+xml;charset=utf-8",
            "map", "application/json;charset=utf-8");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Pages() {}

    /**
     * Adds a {@code GET} for each file, for {@code /}, and for the client in the jar of {@code hub-js}, where a servlet container would
     * serve it by itself if this application left it anything to serve.
     */
    public static void addTo(HttpRoutes routes) {
        FILES.forEach(file -> add(routes, "/" + file, FOLDER + file));
        FILES_OF_JARS.forEach(file -> add(routes, file, JARS + file));
        add(routes, "/", FOLDER + "index.html");
    }

    private static void add(HttpRoutes routes, String path, String file) {
        HttpAnswer answer = answer(file);
        routes.add("GET", path, call -> answer);
    }

    private static HttpAnswer answer(String file) {
        String extension = file.substring(file.lastIndexOf('.') + 1);
        return HttpAnswer.file(TYPES.getOrDefault(extension, "text/plain;charset=utf-8"), read(file))
                .with("Content-Security-Policy", POLICY)
                .with("Referrer-Policy", "no-referrer");
    }

    private static String read(String file) {
        try (@Nullable InputStream stream = Pages.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is not on the class path");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
