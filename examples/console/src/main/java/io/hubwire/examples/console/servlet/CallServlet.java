// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.servlet;

import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.QueryString;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns servlet requests into calls, and answers into servlet responses. Thread-safe. */
final class CallServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient HttpRoutes routes;

    CallServlet(HttpRoutes routes) {
        this.routes = routes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpAnswer answer = isTooLong(request) ? tooLong(request) : routes.answer(call(request));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer(); // now: some containers read first what is left of the request
    }

    private static boolean isTooLong(HttpServletRequest request) {
        return request.getContentLengthLong() > HttpCall.MAX_BODY_BYTES;
    }

    /** Whoever is cut off while still sending may lose the answer, RFC 9112 section 9.6. */
    private static HttpAnswer tooLong(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() <= HttpCall.MAX_DISCARDED_BYTES) {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        return HttpException.bodyTooLong().answer();
    }

    private static HttpCall call(HttpServletRequest request) throws IOException {
        return new HttpCall(
                request.getMethod(),
                path(request),
                query(request),
                headers(request),
                body(request),
                request.getRemoteAddr());
    }

    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    /** Not from getParameter: that would take the body of a form for itself. */
    private static Map<String, String> query(HttpServletRequest request) {
        String text = request.getQueryString();
        return text == null ? Map.of() : QueryString.parse(text);
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> first = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            first.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return first;
    }

    /** One byte more than allowed is enough to tell that the body is too long. */
    private static String body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(HttpCall.MAX_BODY_BYTES + 1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
