// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.jetty;

import io.hubwire.containers.RunningContainer;
import io.hubwire.containers.servlet.war.War;
import io.hubwire.containers.servlet.war.WarStarter;
import java.util.OptionalInt;
import org.eclipse.jetty.ee10.webapp.WebAppContext;

/** Deploys a WAR as Jetty does with its modules for annotations and WebSockets. */
public final class JettyWarStarter implements WarStarter {
    @Override
    public RunningContainer start(War war) {
        WebAppContext application = new WebAppContext(war.folder().toString(), "/app");
        application.setThrowUnavailableOnStartupException(true);
        return RunningJetty.start(application, OptionalInt.empty(), OptionalInt.empty());
    }
}
