// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is answered over HTTP. Immutable.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body as text, to be sent in UTF-8
 * @param headers the others, in order
 */
public record HttpAnswer(int status, String contentType, String body, Map<String, String> headers) {
    private static final String JSON = "application/json;charset=utf-8";

    private record Success(int code, Object data) {}

    private record SuccessWithoutData(int code) {}

    private record Failure(int code, String message) {}

    /** 200 with {@code {"code":0,"data":…}}. */
    public static HttpAnswer ok(Object data) {
        return json(200, new Success(0, data));
    }

    /** 200 with {@code {"code":0}}. */
    public static HttpAnswer ok() {
        return json(200, new SuccessWithoutData(0));
    }

    /** An error with {@code {"code":status,"message":…}}. */
    public static HttpAnswer failure(int status, String message) {
        return json(status, new Failure(status, message));
    }

    /** A file. */
    public static HttpAnswer file(String contentType, String text) {
        return new HttpAnswer(200, contentType, text, Map.of("Cache-Control", "no-cache"));
    }

    /** The same with one more header. */
    public HttpAnswer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpAnswer(status, contentType, body, more);
    }

    private static HttpAnswer json(int status, Object body) {
        return new HttpAnswer(status, JSON, Json.write(body), Map.of("Cache-Control", "no-store"));
    }
}
