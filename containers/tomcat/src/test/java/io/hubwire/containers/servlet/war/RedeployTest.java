// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hubwire.containers.Server;
import io.hubwire.containers.servlet.war.witness.LoaderWitness;
import io.hubwire.examples.deployment.Shop;
import io.hubwire.examples.deployment.provider.ShopHubs;
import io.hubwire.testkit.contract.RawPeer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.lang.runtime.ObjectMethods;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an application brings along goes with it, or every new version costs memory until the server is restarted. Here and not for every
 * container, because Jetty keeps what it has stopped, and Undertow has no class loader of its own for an application.
 */
class RedeployTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @AfterEach
    void forget() {
        System.getProperties().remove(LoaderWitness.PROPERTY);
    }

    @Test
    void the_classes_of_a_stopped_application_are_let_go() throws Exception {
        WarFolder war = new WarFolder(folder)
                .classesBeside(Shop.class)
                .classesBeside(ShopHubs.class)
                .provider(ShopHubs.class.getName())
                .initParameter("staff-key", "secret")
                .classesBeside(LoaderWitness.class)
                .listener(LoaderWitness.class);
        try (Server server = war.start();
                RawPeer gone = server.peer().path("/app/ws").open();
                RawPeer stays = server.peer().path("/app/ws").open()) {
            ask(gone);
            gone.reset();
            ask(stays);
            assertThat(loader()).isNotNull();

            Thread stopping = new Thread(server::stopApplication);
            stopping.start();
            stays.answerClose(stays.receiveClose());
            stopping.join();

            await().atMost(PATIENCE).until(RedeployTest::isLetGo);
        }
    }

    private static void ask(RawPeer customer) throws Exception {
        customer.sendText("{\"event\":\"shop/left\",\"data\":{\"name\":\"tea\"}}");
        assertThat(customer.receiveText()).contains("\"count\":3");
    }

    private static boolean isLetGo() {
        displaceLastRecord();
        System.gc();
        return loader() == null;
    }

    /**
     * The JDK keeps the class of the last record whose equals was linked, since 19 only softly; the application's last one
     * may be linked after it has stopped, while a connection ends.
     */
    private static void displaceLastRecord() {
        record Displacing() {}

        try {
            ObjectMethods.bootstrap(
                    MethodHandles.lookup(),
                    "equals",
                    MethodType.methodType(boolean.class, Displacing.class, Object.class),
                    Displacing.class,
                    "");
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static ClassLoader loader() {
        return (ClassLoader) ((WeakReference<?>) System.getProperties().get(LoaderWitness.PROPERTY)).get();
    }
}
