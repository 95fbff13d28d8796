// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which handler answers which call. Thread-safe. */
public final class HttpRoutes {
    private static final Logger LOG = System.getLogger(HttpRoutes.class.getName());

    private final Map<String, Map<String, HttpHandler>> byPath = new ConcurrentHashMap<>();

    /**
     * Adds a route.
     *
     * @throws IllegalStateException if there is one
     */
    public HttpRoutes add(String method, String path, HttpHandler handler) {
        Map<String, HttpHandler> byMethod = byPath.computeIfAbsent(path, unused -> new ConcurrentHashMap<>());
        if (byMethod.putIfAbsent(method, handler) != null) {
            throw new IllegalStateException(method + " " + path + " has a handler already");
        }
        return this;
    }

    /** Answers a call: 404 for an unknown path, 405 for another method, 413 for a long body, else what the handler says. */
    public HttpAnswer answer(HttpCall call) {
        try {
            return handlerOf(call).answer(call);
        } catch (HttpException e) {
            return e.answer();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, call.method() + " " + call.path() + " failed", e);
            return HttpAnswer.failure(500, "internal error");
        }
    }

    private HttpHandler handlerOf(HttpCall call) {
        @Nullable Map<String, HttpHandler> byMethod = byPath.get(call.path());
        if (byMethod == null) {
            throw HttpException.notFound("no such path");
        }
        @Nullable HttpHandler handler = byMethod.get(call.method().equals("HEAD") ? "GET" : call.method());
        if (handler == null) {
            return unused -> wrongMethod(byMethod);
        }
        if (call.body().getBytes(StandardCharsets.UTF_8).length > HttpCall.MAX_BODY_BYTES) {
            throw HttpException.bodyTooLong();
        }
        return handler;
    }

    private static HttpAnswer wrongMethod(Map<String, HttpHandler> byMethod) {
        String allowed = String.join(", ", new TreeMap<>(byMethod).keySet());
        return HttpAnswer.failure(405, "allowed: " + allowed).with("Allow", allowed);
    }
}
