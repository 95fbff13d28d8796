// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console;

import io.hubwire.examples.console.account.Accounts;
import io.hubwire.examples.console.account.LoginLimits;
import io.hubwire.examples.console.account.Tokens;
import io.hubwire.examples.console.monitor.Monitor;
import io.hubwire.examples.console.monitor.OshiMachine;
import io.hubwire.examples.console.server.ConsoleServer;
import java.time.InstantSource;

/** The console as a program: serves until Ctrl-C. See {@link ConsoleSettings} for the system properties that it reads. */
public final class Console {
    private Console() {}

    /** Starts it. */
    public static void main(String[] arguments) {
        ConsoleSettings settings = ConsoleSettings.of(System.getProperties());
        ConsoleApp app = application(settings, InstantSource.system());
        ConsoleServer server = ConsoleServer.start(app.hub(), app.routes(), settings.port());
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "console-shutdown"));
        System.out.printf("%nThe console is at http://127.0.0.1:%d/ (%s)%n", server.port(), server.container());
        System.out.printf("Sign in as admin / 123456 (an admin) or test / 123456. Ctrl-C ends it.%n%n");
        server.await();
    }

    private static ConsoleApp application(ConsoleSettings settings, InstantSource clock) {
        Accounts accounts = Accounts.demo();
        Tokens tokens = new Tokens(accounts, settings.tokenKey(), settings.tokenLifetime(), clock);
        return ConsoleApp.of(accounts, tokens, new LoginLimits(clock), new Monitor(new OshiMachine(clock)));
    }
}
