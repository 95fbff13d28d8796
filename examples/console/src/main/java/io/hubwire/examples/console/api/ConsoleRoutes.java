// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import io.hubwire.Hub;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.http.HttpRoutes;

/** All that the console answers over HTTP. */
public final class ConsoleRoutes {
    private ConsoleRoutes() {}

    /** The routes of a console with this hub. */
    public static HttpRoutes of(Hub hub, Accounts accounts, Tokens tokens, LoginLimits limits) {
        HttpRoutes routes = new HttpRoutes();
        Access access = new Access(tokens);
        new SignIn(accounts, tokens, limits).addTo(routes, access);
        new OnlineUsers(hub).addTo(routes, access);
        new Messages(hub, accounts).addTo(routes, access);
        new LiveConnection(hub).addTo(routes, access);
        Pages.addTo(routes);
        return routes;
    }
}
