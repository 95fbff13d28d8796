// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.deployment.Customer;
import io.hubwire.jakarta.HubInitializer;
import io.hubwire.jakarta.HubProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider in a program: its container looks into no jar, so the initializer is added. */
class ShopHubsTest {
    @TempDir
    Path folder;

    @Test
    void the_initializer_may_come_before_the_containers_own() throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var application = tomcat.addContext("", null);
        application.setParentClassLoader(withService());
        application.addParameter("staff-key", "secret");
        application.addServletContainerInitializer(new HubInitializer(), null);
        application.addServletContainerInitializer(new WsSci(), null);
        tomcat.start();
        try {
            Customer customer = new Customer(tomcat.getConnector().getLocalPort(), "/ws");
            customer.send("{\"event\":\"shop/left\",\"data\":{\"name\":\"tea\"}}");

            assertThat(customer.next()).contains("\"name\":\"tea\",\"count\":3");
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private ClassLoader withService() throws IOException {
        Path services = Files.createDirectories(folder.resolve("classes/META-INF/services"));
        Files.writeString(services.resolve(HubProvider.class.getName()), ShopHubs.class.getName());
        return new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()},
                getClass().getClassLoader());
    }
}
