// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;

/**
 * A way to end a socket at once, for which the standard has none. Thread-safe.
 *
 * <p>Containers are known by the names of public methods, so that none of them is needed to compile or to run. A way
 * that turns out not to work ends as {@link Closing} does.
 */
interface AbortWay {
    /** Ends the socket. */
    void abort(Session session) throws IOException;

    /** The way for sessions of this kind; found once for each class of sessions. */
    static AbortWay of(Session session) {
        return Ways.BY_CLASS.get(session.getClass());
    }

    /** The known ways, by the class of sessions. */
    final class Ways {
        private static final ClassValue<AbortWay> BY_CLASS = new ClassValue<>() {
            @Override
            protected AbortWay computeValue(Class<?> type) {
                return find(type);
            }
        };

        private Ways() {}

        private static AbortWay find(Class<?> type) {
            return method(type, "abort") // Jetty
                    .or(() -> method(type, "forceClose")) // Undertow
                    .<AbortWay>map(Calling::new)
                    .or(() -> tomcat(type))
                    .orElseGet(Closing::new);
        }

        private static Optional<AbortWay> tomcat(Class<?> type) {
            return type.getName().startsWith("org.apache.tomcat.")
                    ? method(type, "onClose", CloseReason.class).map(Tomcat::new)
                    : Optional.empty();
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
     * Tomcat cuts a socket whose peer does not read when the close frame cannot be written soon, but waits for the
     * answer of one who does. It is then told that the answer has come.
     *
     * @param onClose what Tomcat itself calls for a peer's close frame
     */
    record Tomcat(Method onClose) implements AbortWay {
        @Override
        public void abort(Session session) throws IOException {
            SessionSettings.hurry(session);
            session.close(Closing.GOING_AWAY);
            try {
                onClose.invoke(session, Closing.GOING_AWAY);
            } catch (IllegalAccessException | InvocationTargetException e) {
                // the close above stands: Tomcat will cut the socket by itself, later
            }
        }
    }
}
