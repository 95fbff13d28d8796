// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.examples.deployment.Customer;
import io.hubwire.examples.deployment.Shop.Item;
import io.hubwire.examples.deployment.Shop.Left;
import io.hubwire.testkit.TestHub;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.jboss.weld.environment.servlet.EnhancedListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubBeansTest {
    @TempDir
    Path folder;

    @Test
    void the_handlers_are_tested_without_a_container_of_beans() {
        try (TestHub hub = TestHub.of(new StockEvents(item -> 7))) {
            Left left = hub.connect("ann")
                    .request(StockEvents.LEFT, new Item("cake"))
                    .data();

            assertThat(left).isEqualTo(new Left("cake", 7));
        }
    }

    @Test
    void the_hub_of_the_application_has_handlers_with_the_injected_stock() throws Exception {
        Tomcat tomcat = withBeans();
        tomcat.start();
        try {
            Customer customer = new Customer(tomcat.getConnector().getLocalPort(), "/ws");
            customer.send("{\"event\":\"shop/left\",\"data\":{\"name\":\"tea\"}}");

            assertThat(customer.next()).contains("\"name\":\"tea\",\"count\":3");

            tomcat.getHost().findChild("").stop();
            assertThat(customer.next()).isEqualTo("closed with 1012");
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    /** What a WAR would bring is found on the test's class path instead. */
    private Tomcat withBeans() {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        var application = tomcat.addContext("", null);
        application.addServletContainerInitializer(new WsSci(), null);
        application.addServletContainerInitializer(new EnhancedListener(), null);
        application.addApplicationListener(HubListener.class.getName());
        return tomcat;
    }
}
