// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.EventListener;
import org.jspecify.annotations.Nullable;

/**
 * Closes a hub when Jetty begins to stop the server or the application, or fails to start the application. Jetty ends
 * its connectors before it tells servlets and listeners, so that no client could be told any more; and it tells nobody
 * of a start that fails in an initializer. Thread-safe.
 *
 * <p>Jetty is known by the names of public methods and of one interface, so that it is not needed to compile or to run.
 */
final class JettyLife implements InvocationHandler {
    private static final System.Logger LOG = System.getLogger(JettyLife.class.getName());
    private static final String LISTENER = "org.eclipse.jetty.util.component.LifeCycle$Listener";

    private final Hub hub;
    private final Object application;
    private final Object server;

    private JettyLife(Hub hub, Object application, Object server) {
        this.hub = hub;
        this.application = application;
        this.server = server;
    }

    /** Follows the application until it ends, if it runs on Jetty; does nothing elsewhere. */
    static void follow(ServletContext context, Hub hub) {
        if (!context.getClass().getName().startsWith("org.eclipse.jetty.")) {
            return;
        }
        try {
            Object application = call(context, "getContextHandler");
            new JettyLife(hub, application, call(application, "getServer")).listen();
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "an unknown Jetty: the servlet's end closes the hub", e);
        }
    }

    private void listen() throws ReflectiveOperationException {
        Class<?> type = Class.forName(LISTENER, false, server.getClass().getClassLoader());
        Object listener = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
        addOrRemove("addEventListener", listener);
    }

    @Override
    public @Nullable Object invoke(Object listener, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "lifeCycleStopping", "lifeCycleFailure" -> end(listener);
            case "equals" -> {
                return arguments != null && arguments[0] == listener;
            }
            case "hashCode" -> {
                return System.identityHashCode(listener);
            }
            case "toString" -> {
                return "closes " + hub;
            }
            default -> {} // the other events mean nothing here
        }
        return null;
    }

    private void end(Object listener) throws ReflectiveOperationException {
        hub.close();
        addOrRemove("removeEventListener", listener);
    }

    private void addOrRemove(String name, Object listener) throws ReflectiveOperationException {
        for (Object life : new Object[] {application, server}) {
            life.getClass().getMethod(name, EventListener.class).invoke(life, listener);
        }
    }

    private static Object call(Object owner, String name) throws ReflectiveOperationException {
        Object found = owner.getClass().getMethod(name).invoke(owner);
        if (found == null) {
            throw new NoSuchFieldException(name + " gave nothing");
        }
        return found;
    }
}
