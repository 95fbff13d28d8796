// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.quickstart;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import io.hubwire.JoinPolicy;
import io.hubwire.StandardEvents;
import io.hubwire.jakarta.HubEndpoint;
import jakarta.servlet.ServletContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

// region hub
/** Rooms that people talk in. */
public final class Quickstart implements HubModule {
    record Say(String room, String text) {}

    record Said(String from, String text) {}

    static final EventType<Say> SAY = EventType.of("chat/say", Say.class);
    static final EventType<Said> SAID = EventType.of("chat/said", Said.class);

    @Override
    public void install(HubBuilder hub) {
        hub.install(StandardEvents.ping(), StandardEvents.joinAndQuit(JoinPolicy.allow("room-*")))
                .on(SAY, Quickstart::say, route -> route.validate("", Quickstart::isWhole));
    }

    private static boolean isWhole(Say say) {
        return say.room() != null && say.text() != null && !say.text().isBlank();
    }

    private static void say(Client client, Say say) { // fails with 1103 if the client is no member
        client.group(say.room()).send(SAID, new Said(client.id(), say.text()));
    }

    private static void deploy(ServletContext context) {
        Hub hub = Hub.builder().install(new Quickstart()).build();
        HubEndpoint.serving(hub).at("/ws").deployTo(context);
        context.addServlet("page", new PageServlet()).addMapping("/");
    }
    // endregion

    public static void main(String[] arguments) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(System.getProperty("java.io.tmpdir"));
        tomcat.setPort(Integer.getInteger("port", 8080));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var context = tomcat.addContext("", null);
        context.addServletContainerInitializer(new WsSci(), null);
        context.addServletContainerInitializer((classes, servlets) -> deploy(servlets), null);
        tomcat.start();
        tomcat.getServer().await();
    }
}
