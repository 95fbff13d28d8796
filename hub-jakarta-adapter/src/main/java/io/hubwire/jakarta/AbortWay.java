// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A way to end a socket at once, for which the standard has none. Thread-safe.
 *
 * <p>Containers are known by the names of public methods, so that none of them is needed to compile or to run. A way
 * that turns out not to work ends as {@link Closing} does.
 */
interface AbortWay {
    /** Ends the socket. */
    void abort(Session session) throws IOException;

    /** Called when a peer's close was answered: most containers then end the socket by themselves. */
    default void peerClosed(Session session) throws IOException {}

    /** The way for a session that has just opened. */
    static AbortWay of(Session session) {
        return Ways.BY_CLASS.computeIfAbsent(session.getClass(), Ways::find).opened(session);
    }

    /** This way for one session, which has just opened: some can be found only then. */
    default AbortWay opened(Session session) {
        return this;
    }

    /** The known ways, by the class of sessions. */
    final class Ways {
        /** No ClassValue, which would hang on the container's class and keep the application's for ever. */
        private static final Map<Class<?>, AbortWay> BY_CLASS = new ConcurrentHashMap<>();

        private Ways() {}

        private static AbortWay find(Class<?> type) {
            return method(type, "abort") // Jetty
                    .<AbortWay>map(Calling::new)
                    .or(() -> method(type, "forceClose").map(forceClose -> undertow(type, forceClose)))
                    .or(() -> tomcat(type))
                    .or(() -> tyrus(type))
                    .orElseGet(Closing::new);
        }

        private static AbortWay undertow(Class<?> type, Method forceClose) {
            AbortWay calling = new Calling(forceClose);
            return method(type, "getExecutor")
                    .<AbortWay>map(getExecutor -> new Undertow(calling, getExecutor))
                    .orElse(calling);
        }

        private static Optional<AbortWay> tomcat(Class<?> type) {
            return type.getName().startsWith(TomcatSocket.PACKAGE)
                    ? TomcatSocket.probe(type).map(Tomcat::new)
                    : Optional.empty();
        }

        private static Optional<AbortWay> tyrus(Class<?> type) {
            return type.getName().startsWith("org.glassfish.tyrus.") ? Optional.of(new Tyrus()) : Optional.empty();
        }

        private static Optional<Method> method(Class<?> type, String name, Class<?>... parameters) {
            try {
                return Optional.of(type.getMethod(name, parameters));
            } catch (NoSuchMethodException e) {
                return Optional.empty();
            }
        }
    }

    /** Says goodbye with a code for which no container waits long: on most that is all that can be done. */
    record Closing() implements AbortWay {
        static final CloseReason GOING_AWAY = new CloseReason(CloseCodes.GOING_AWAY, "");

        @Override
        public void abort(Session session) throws IOException {
            session.close(GOING_AWAY);
        }
    }

    /** Calls a public method of the session that cuts the socket. */
    record Calling(Method method) implements AbortWay {
        @Override
        public void abort(Session session) throws IOException {
            try {
                method.invoke(session);
            } catch (IllegalAccessException | InvocationTargetException e) {
                new Closing().abort(session);
            }
        }
    }

    /**
     * Cuts a socket of Undertow behind what the session's own thread is doing, which may be to answer the peer's close.
     * Undertow itself keeps a socket whose close it has answered until the peer ends it.
     *
     * @param getExecutor the session's method for its thread
     */
    record Undertow(AbortWay forceClose, Method getExecutor) implements AbortWay {
        @Override
        public void abort(Session session) throws IOException {
            try {
                ((Executor) getExecutor.invoke(session)).execute(() -> abortNow(session));
            } catch (IllegalAccessException | InvocationTargetException | RejectedExecutionException e) {
                forceClose.abort(session);
            }
        }

        private void abortNow(Session session) {
            try {
                forceClose.abort(session);
            } catch (IOException e) {
                System.getLogger(AbortWay.class.getName())
                        .log(System.Logger.Level.DEBUG, "an abort found the socket gone", e);
            }
        }

        @Override
        public void peerClosed(Session session) throws IOException {
            abort(session);
        }
    }

    /**
     * Tomcat itself cuts a socket only when a close frame could not be written, and on the thread that tried it. So the
     * socket goes first, and then the session, which finds it gone.
     */
    record Tomcat(TomcatSocket socket) implements AbortWay {
        @Override
        public void abort(Session session) throws IOException {
            SessionSettings.hurry(session);
            try {
                socket.cut(session, () -> end(session));
            } catch (ReflectiveOperationException e) {
                session.close(Closing.GOING_AWAY); // it takes no work now: it cuts the socket later, or all as it stops
            }
        }

        private static void end(Session session) {
            try {
                session.close(Closing.GOING_AWAY);
            } catch (IOException | RuntimeException e) {
                System.getLogger(AbortWay.class.getName())
                        .log(System.Logger.Level.DEBUG, "the session of a cut socket had ended", e);
            }
        }
    }

    /**
     * Tyrus has no way that it shows, and none at all once a session is closed. This one takes Grizzly's connection out
     * of the fields that hold it, as long as Tyrus is on the class path; {@link GrizzlyHubs} needs no such means.
     */
    record Tyrus() implements AbortWay {
        private static final List<String> PATH = List.of("webSocket", "protocolHandler", "writer", "connection");

        @Override
        public AbortWay opened(Session session) {
            try {
                Object found = session.getAsyncRemote();
                for (String name : PATH) {
                    found = read(found, name);
                }
                return new Terminating(found, found.getClass().getMethod("terminateSilently"));
            } catch (ReflectiveOperationException | RuntimeException e) {
                return new Closing();
            }
        }

        private static Object read(Object owner, String name) throws ReflectiveOperationException {
            for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        field.setAccessible(true);
                        return Objects.requireNonNull(field.get(owner), name);
                    }
                }
            }
            throw new NoSuchFieldException(name);
        }

        @Override
        public void abort(Session session) throws IOException {
            new Closing().abort(session);
        }
    }

    /** Calls a public method of what is behind the session. */
    record Terminating(Object connection, Method method) implements AbortWay {
        @Override
        public void abort(Session session) throws IOException {
            try {
                method.invoke(connection);
            } catch (IllegalAccessException | InvocationTargetException e) {
                new Closing().abort(session);
            }
        }
    }
}
