// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.tyrus;

import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.QueryString;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Turns Grizzly's requests into calls, and answers into its responses. Thread-safe. */
final class CallHandler extends HttpHandler {
    private final HttpRoutes routes;

    CallHandler(HttpRoutes routes) {
        this.routes = routes;
    }

    @Override
    public void service(Request request, Response response) throws IOException {
        HttpAnswer answer = isTooLong(request) ? tooLong(request) : routes.answer(call(request));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentType(answer.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flush();
    }

    private static boolean isTooLong(Request request) {
        return request.getContentLengthLong() > HttpCall.MAX_BODY_BYTES;
    }

    /** Whoever is cut off while still sending may lose the answer, RFC 9112 section 9.6. */
    private static HttpAnswer tooLong(Request request) throws IOException {
        if (request.getContentLengthLong() <= HttpCall.MAX_DISCARDED_BYTES) {
            request.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        return HttpException.bodyTooLong().answer();
    }

    private static HttpCall call(Request request) throws IOException {
        return new HttpCall(
                request.getMethod().getMethodString(),
                path(request),
                query(request),
                headers(request),
                body(request),
                request.getRemoteAddr());
    }

    private static String path(Request request) throws CharConversionException {
        return request.getDecodedRequestURI();
    }

    private static Map<String, String> query(Request request) {
        String text = request.getQueryString();
        return text == null ? Map.of() : QueryString.parse(text);
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> first = new HashMap<>();
        for (String name : request.getHeaderNames()) {
            first.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
        }
        return first;
    }

    /** One byte more than allowed is enough to tell that the body is too long. */
    private static String body(Request request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(HttpCall.MAX_BODY_BYTES + 1);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
