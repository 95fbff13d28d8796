// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which container clients get in a server that has one for its application, and perhaps another for everybody. */
class FoundContainerTest {
    private static final String SERVICE = "META-INF/services/" + ContainerProvider.class.getName();
    private static final WebSocketContainer OF_THE_APPLICATION = container();
    private static final WebSocketContainer OF_NONE = container();

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder;

    private static WebSocketContainer container() {
        return (WebSocketContainer) Proxy.newProxyInstance(
                FoundContainerTest.class.getClassLoader(),
                new Class<?>[] {WebSocketContainer.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Knows its application by the class loader, as Undertow does. */
    public static final class ServersProvider extends ContainerProvider {
        private static @Nullable ClassLoader application;
        private static boolean isForApplicationsOnly;

        @Override
        protected @Nullable WebSocketContainer getContainer() {
            if (Thread.currentThread().getContextClassLoader() == application) {
                return OF_THE_APPLICATION;
            }
            return isForApplicationsOnly ? null : OF_NONE;
        }
    }

    /** Hides the other providers of the class path. */
    private static final class ApplicationLoader extends ClassLoader {
        private final URL service;

        ApplicationLoader(ClassLoader parent, URL service) {
            super(parent);
            this.service = service;
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(SERVICE)
                    ? Collections.enumeration(Collections.singleton(service))
                    : super.getResources(name);
        }
    }

    @BeforeEach
    void enter_the_application() throws IOException {
        Path service = Files.writeString(folder.resolve("provider"), ServersProvider.class.getName());
        ClassLoader application = new ApplicationLoader(before, service.toUri().toURL());
        ServersProvider.application = application;
        Thread.currentThread().setContextClassLoader(application);
    }

    @AfterEach
    void leave_the_application() {
        Thread.currentThread().setContextClassLoader(before);
        ServersProvider.isForApplicationsOnly = false;
    }

    @Test
    void clients_share_the_one_that_is_no_applications() {
        assertThat(ContainerProvider.getWebSocketContainer()).isSameAs(OF_THE_APPLICATION);
        assertThat(JakartaSockets.findContainer()).isSameAs(OF_NONE);
    }

    @Test
    void where_there_is_none_but_for_applications_clients_take_that() {
        ServersProvider.isForApplicationsOnly = true;

        assertThat(JakartaSockets.findContainer()).isSameAs(OF_THE_APPLICATION);
    }
}
