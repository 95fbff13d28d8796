// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console;

import io.hubwire.Hub;
import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.api.ConsoleRoutes;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.hub.ConsoleHub;
import io.hubwire.examples.console.monitor.Monitor;

/**
 * The whole application without a server. Thread-safe.
 *
 * @param hub who is connected
 * @param routes what is answered over HTTP
 */
public record ConsoleApp(Hub hub, HttpRoutes routes) {
    /** Puts the parts together and begins to watch the machine. */
    public static ConsoleApp of(Accounts accounts, Tokens tokens, LoginLimits limits, Monitor monitor) {
        Hub hub = Hub.builder().install(new ConsoleHub(tokens, monitor)).build();
        monitor.start(hub.timers());
        return new ConsoleApp(hub, ConsoleRoutes.of(hub, accounts, tokens, limits));
    }
}
