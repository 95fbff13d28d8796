// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.Session;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * What is behind a session of Tomcat: its socket, with the lock that Tomcat's threads hold while they read from it, and
 * their executor.
 *
 * <p>Tomcat uses the buffers of a closed socket for the next connection at once. Whoever closes a socket while another
 * thread is reading from it lets that thread take the first bytes of a stranger, whose handshake is then never answered.
 *
 * <p>Tomcat shows none of this, so it must be on the class path.
 */
record TomcatSocket(Field endpoint, Field socket, Method getLock, Method execute, Method close) {
    static final String PACKAGE = "org.apache.tomcat.";

    /** The way to the sockets of this class of sessions, if it is Tomcat's and this version has it. */
    static Optional<TomcatSocket> probe(Class<?> sessionType) {
        try {
            ClassLoader loader = sessionType.getClassLoader();
            String remoteName = PACKAGE + "websocket.server.WsRemoteEndpointImplServer";
            Field socket = field(Class.forName(remoteName, false, loader), "socketWrapper");
            return Optional.of(new TomcatSocket(
                    field(sessionType, "wsRemoteEndpoint"),
                    socket,
                    socket.getType().getMethod("getLock"),
                    socket.getType().getMethod("execute", Runnable.class),
                    socket.getType().getMethod("close")));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static Field field(Class<?> owner, String name) throws NoSuchFieldException {
        Field field = owner.getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /**
     * Closes the socket while no other thread of Tomcat is at it: now, or soon on a thread of Tomcat's. Then calls back,
     * without the lock.
     */
    void cut(Session session, Runnable then) throws ReflectiveOperationException {
        Object found = socket.get(endpoint.get(session));
        Lock lock = (Lock) getLock.invoke(found);
        if (lock.tryLock()) {
            closeLocked(found, lock);
            then.run();
        } else {
            Runnable later = () -> {
                lock.lock();
                closeLocked(found, lock);
                then.run();
            };
            execute.invoke(found, later);
        }
    }

    private void closeLocked(Object found, Lock locked) {
        try {
            close.invoke(found);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Tomcat did not close a socket", e);
        } finally {
            locked.unlock();
        }
    }
}
