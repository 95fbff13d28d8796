// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import io.hubwire.examples.console.account.Identity;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpHandler;

/** Lets calls through to a handler by the token in {@code Authorization}, bare or after {@code Bearer}. Thread-safe. */
public final class Access {
    private static final String SCHEME = "Bearer ";

    /** Answers a call of somebody who has signed in. */
    @FunctionalInterface
    public interface Handler {
        /** Called once for each call. */
        HttpAnswer answer(HttpCall call, Identity caller);
    }

    private final Tokens tokens;

    /** Access by these tokens. */
    public Access(Tokens tokens) {
        this.tokens = tokens;
    }

    /** For everybody with a token; others get 401. */
    public HttpHandler users(Handler handler) {
        return call -> handler.answer(call, caller(call));
    }

    /** For admins; others get 401 without a token and 403 with one. */
    public HttpHandler admins(HttpHandler handler) {
        return users((call, caller) -> {
            if (!caller.account().isAdmin()) {
                throw new HttpException(403, "for admins only");
            }
            return handler.answer(call);
        });
    }

    private Identity caller(HttpCall call) {
        return call.header("Authorization")
                .map(Access::token)
                .flatMap(tokens::verify)
                .orElseThrow(() -> HttpException.unauthorized("sign in first"));
    }

    private static String token(String header) {
        String value = header.strip();
        boolean schemed = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        return schemed ? value.substring(SCHEME.length()).strip() : value;
    }
}
