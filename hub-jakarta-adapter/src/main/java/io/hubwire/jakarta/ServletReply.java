// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Writes refusals to a servlet's response, by hand: a container's {@code sendError} adds a page of HTML and, on an
 * asynchronous request, calls listeners as if something had failed.
 */
final class ServletReply {
    private ServletReply() {}

    static void write(HttpRefusal refusal, HttpServletResponse response) throws IOException {
        byte[] body = refusal.body();
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        response.setContentType(HttpRefusal.CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
