// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

import java.time.Duration;

/** A call that fails in a way that the caller is told of: its message is meant to be read there. */
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpAnswer answer;

    /** Fails with this status and this text. */
    public HttpException(int status, String message) {
        this(message, HttpAnswer.failure(status, message));
    }

    private HttpException(String message, HttpAnswer answer) {
        super(message);
        this.answer = answer;
    }

    /** 400: what the caller sent does not fit. */
    public static HttpException badRequest(String message) {
        return new HttpException(400, message);
    }

    /** 401: no valid credential. */
    public static HttpException unauthorized(String message) {
        return new HttpException(message, HttpAnswer.failure(401, message).with("WWW-Authenticate", "Bearer"));
    }

    /** 413: the body is too long. */
    public static HttpException bodyTooLong() {
        return new HttpException(413, "the body is longer than " + HttpCall.MAX_BODY_BYTES + " bytes");
    }

    /** 429: too often; told to come back after this time, rounded up to seconds. */
    public static HttpException tooMany(String message, Duration wait) {
        long seconds = wait.plusNanos(999_999_999).toSeconds();
        return new HttpException(message, HttpAnswer.failure(429, message).with("Retry-After", Long.toString(seconds)));
    }

    /** 404: what was named does not exist. */
    public static HttpException notFound(String message) {
        return new HttpException(404, message);
    }

    /** Its answer. */
    public HttpAnswer answer() {
        return answer;
    }
}
