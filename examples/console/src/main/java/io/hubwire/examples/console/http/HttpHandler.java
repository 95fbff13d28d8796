// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.http;

/** Answers one kind of call. Must be thread-safe; may block. */
@FunctionalInterface
public interface HttpHandler {
    /**
     * Called once for each call.
     *
     * @throws HttpException to answer with an error; anything else becomes a 500 without details
     */
    HttpAnswer answer(HttpCall call);
}
