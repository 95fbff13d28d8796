// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.tomcat;

import io.hubwire.containers.RunningContainer;
import io.hubwire.containers.servlet.war.War;
import io.hubwire.containers.servlet.war.WarStarter;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Deploys a WAR as Tomcat does by itself: its {@code ContextConfig} reads the descriptor and scans classes. */
public final class TomcatWarStarter implements WarStarter {
    @Override
    public RunningContainer start(War war) {
        Running made = new Running(war);
        try {
            made.tomcat.start();
            made.requireApplication();
        } catch (LifecycleException | IllegalStateException e) {
            made.close();
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static final class Running implements RunningContainer {
        private final Tomcat tomcat = new Tomcat();
        private final Connector connector = new Connector();
        private final Context application;

        Running(War war) {
            Path folder = war.folder();
            tomcat.setBaseDir(folder.resolve("WEB-INF/tomcat").toString());
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            tomcat.setConnector(connector);
            application = tomcat.addWebapp("/app", folder.toString());
        }

        /** Tomcat goes on without an application that does not start. */
        void requireApplication() {
            if (!application.getState().isAvailable()) {
                throw new IllegalStateException("the application did not start: " + application.getStateName());
            }
        }

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public void stopApplication() {
            try {
                application.stop();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
