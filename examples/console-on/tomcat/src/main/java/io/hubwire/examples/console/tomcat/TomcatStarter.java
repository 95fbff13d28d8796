// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.tomcat;

import io.hubwire.Hub;
import io.hubwire.examples.console.http.HttpRoutes;
import io.hubwire.examples.console.server.ServerStarter;
import io.hubwire.examples.console.servlet.ConsoleServlets;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Constants;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.tomcat.websocket.server.WsSci;

/** Starts Tomcat. */
public final class TomcatStarter implements ServerStarter {
    @Override
    public String container() {
        return ServerInfo.getServerInfo();
    }

    @Override
    public Listening start(Hub hub, HttpRoutes routes, int port) throws Exception {
        Path folder = Files.createTempDirectory("hubwire-console");
        Tomcat tomcat = tomcat(folder, port);
        addApplication(tomcat, hub, routes);
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            end(tomcat, folder);
            throw e;
        }
        return new Listening(tomcat.getConnector().getLocalPort(), () -> end(tomcat, folder));
    }

    private static Tomcat tomcat(Path folder, int port) {
        System.clearProperty(Constants.CATALINA_HOME_PROP); // an earlier Tomcat's folder, which would be made again
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(loopback(port));
        tomcat.getHost().getPipeline().addValve(errorsThatTellNothing());
        return tomcat;
    }

    private static Connector loopback(int port) {
        Connector connector = new Connector();
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        connector.setThrowOnFailure(true);
        return connector;
    }

    private static ErrorReportValve errorsThatTellNothing() {
        ErrorReportValve valve = new ErrorReportValve();
        valve.setShowReport(false);
        valve.setShowServerInfo(false);
        return valve;
    }

    private static void addApplication(Tomcat tomcat, Hub hub, HttpRoutes routes) {
        StandardContext context = (StandardContext) tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer(ConsoleServlets.of(hub, routes), null);
        // Tomcat looks for what a redeployed application leaves behind; this one ends with its JVM.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
    }

    private static void end(Tomcat tomcat, Path folder) throws LifecycleException, IOException {
        try {
            tomcat.stop();
            tomcat.destroy();
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.exists(folder) ? Files.walk(folder) : Stream.empty()) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
