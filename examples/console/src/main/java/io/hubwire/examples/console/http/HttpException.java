// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

/** A call that fails in a way that the caller is told of: its message is meant to be read there. */
public final class HttpException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** Fails with this status and this text. */
    public HttpException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** 400: what the caller sent does not fit. */
    public static HttpException badRequest(String message) {
        return new HttpException(400, message);
    }

    /** 401: no valid credential. */
    public static HttpException unauthorized(String message) {
        return new HttpException(401, message);
    }

    /** 404: what was named does not exist. */
    public static HttpException notFound(String message) {
        return new HttpException(404, message);
    }

    /** Its answer. */
    public HttpAnswer answer() {
        HttpAnswer answer = HttpAnswer.failure(status, String.valueOf(getMessage()));
        return status == 401 ? answer.with("WWW-Authenticate", "Bearer") : answer;
    }
}
