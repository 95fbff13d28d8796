// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.clients;

import io.hubwire.Hub;
import io.hubwire.examples.clients.Chat.Said;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContext;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** A hub on a container, at a port. */
final class ChatServer implements AutoCloseable {
    final ChatHub chat = new ChatHub();
    final Hub hub = Hub.builder().install(chat).build();
    private final Tomcat tomcat = new Tomcat();

    /** With 0, any port that is free; this was said before anybody comes. */
    ChatServer(Path folder, int port, Said... said) throws LifecycleException {
        chat.said.addAll(List.of(said));
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var application = tomcat.addContext("", null);
        application.addServletContainerInitializer(new WsSci(), null);
        application.addServletContainerInitializer((classes, context) -> deploy(context), null);
        tomcat.start();
    }

    private void deploy(ServletContext context) {
        HubEndpoint.serving(hub).at("/ws").deployTo(context);
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    URI uri() {
        return URI.create("ws://127.0.0.1:" + port() + "/ws");
    }

    @Override
    public void close() throws LifecycleException {
        hub.close();
        tomcat.stop();
        tomcat.destroy();
    }
}
