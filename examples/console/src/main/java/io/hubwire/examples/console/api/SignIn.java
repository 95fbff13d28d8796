// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import io.hubwire.examples.console.account.Account;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.Identity;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.http.HttpAnswer;
import io.hubwire.examples.console.http.HttpCall;
import io.hubwire.examples.console.http.HttpException;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.http.JsonBody;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Signing in: a name and a password for a token, and what a token is good for. Thread-safe. */
public final class SignIn {
    private record Token(String token) {}

    private record Member(long id, String username, Set<String> roles, long expiresAt) {}

    private final Accounts accounts;
    private final Tokens tokens;
    private final LoginLimits limits;

    /** Signs these accounts in, with these tokens, no more often than this. */
    public SignIn(Accounts accounts, Tokens tokens, LoginLimits limits) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.limits = limits;
    }

    /** Adds {@code POST /admin/site/accountLogin} and {@code GET /admin/member/info}. */
    public void addTo(HttpRoutes routes, Access access) {
        routes.add("POST", "/admin/site/accountLogin", this::login)
                .add("GET", "/admin/member/info", access.users((call, caller) -> HttpAnswer.ok(member(caller))));
    }

    private HttpAnswer login(HttpCall call) {
        JsonBody body = JsonBody.of(call);
        String username = body.text("username");
        String password = body.text("password");
        Duration wait = limits.attempt(username, call.remoteAddress());
        if (!wait.isZero()) {
            throw HttpException.tooMany("too many attempts", wait);
        }
        Account account = accounts.login(username, password)
                .orElseThrow(() -> HttpException.unauthorized("wrong name or password"));
        limits.succeeded(username, call.remoteAddress());
        return HttpAnswer.ok(new Token(tokens.issue(account)));
    }

    private static Member member(Identity caller) {
        Account account = caller.account();
        return new Member(
                account.id(),
                account.username(),
                new TreeSet<>(account.roles()),
                caller.expiresAt().getEpochSecond());
    }
}
