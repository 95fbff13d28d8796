// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package consumer;

import io.hubwire.Hub;
import io.hubwire.RequestType;
import io.hubwire.StandardEvents;
import io.hubwire.jakarta.HubEndpoint;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** A hub on a Tomcat of its own. */
final class Greeter implements AutoCloseable {
    record Name(String name) {}

    record Greeting(String text) {}

    static final RequestType<Name, Greeting> GREET = RequestType.of("greet", Name.class, Greeting.class);

    private final Hub hub = Hub.builder()
            .install(StandardEvents.ping())
            .onRequest(GREET, (client, name) -> new Greeting("hello " + name.name()))
            .build();
    private final Tomcat tomcat = new Tomcat();

    Greeter(Path folder) throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var application = tomcat.addContext("", null);
        application.addServletContainerInitializer(new WsSci(), null);
        application.addServletContainerInitializer(
                (classes, context) -> HubEndpoint.serving(hub).deployTo(context), null);
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws LifecycleException {
        hub.close();
        tomcat.stop();
        tomcat.destroy();
    }
}
