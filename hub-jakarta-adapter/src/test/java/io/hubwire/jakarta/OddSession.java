// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.websocket.CloseReason;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session that does what some containers do and Tomcat does not: completes at once, never completes, has a hook to
 * abort.
 */
class OddSession {
    /** How the session's remote end treats a text. */
    enum Sending {
        COMPLETES_AT_ONCE,
        FAILS_AT_ONCE,
        THROWS,
        NEVER_COMPLETES
    }

    /** A session as Jetty's. */
    public interface WithAbort extends Session {
        /** Cuts the socket. */
        void abort();
    }

    /** A session as Undertow's. */
    public interface WithForceClose extends Session {
        /** Cuts the socket. */
        void forceClose() throws IOException;
    }

    final List<String> calls = new ArrayList<>();
    private final Sending sending;

    OddSession(Sending sending) {
        this.sending = sending;
    }

    /** As the adapter gets it. */
    Session session() {
        return session(Session.class);
    }

    <S extends Session> S session(Class<S> type) {
        Map<String, Object> properties = new HashMap<>();
        RemoteEndpoint.Async remote = proxy(RemoteEndpoint.Async.class);
        return type.cast(Proxy.newProxyInstance(
                OddSession.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAsyncRemote":
                            return remote;
                        case "getUserProperties":
                            return properties;
                        case "isOpen":
                            return true;
                        case "close":
                            calls.add("close "
                                    + ((CloseReason) arguments[0])
                                            .getCloseCode()
                                            .getCode());
                            return null;
                        default:
                            calls.add(method.getName());
                            return null;
                    }
                }));
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                OddSession.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (!method.getName().equals("sendText")) {
                        throw new IOException(method.getName());
                    }
                    send((SendHandler) arguments[1]);
                    return null;
                }));
    }

    @SuppressWarnings("deprecation") // its replacements are not in the API that Tomcat 10.1 has
    private void send(SendHandler handler) throws InvocationTargetException {
        switch (sending) {
            case COMPLETES_AT_ONCE -> handler.onResult(new SendResult());
            case FAILS_AT_ONCE -> handler.onResult(new SendResult(new IOException("broken")));
            case THROWS -> throw new IllegalStateException("busy");
            case NEVER_COMPLETES -> calls.add("sendText");
            default -> throw new AssertionError(sending);
        }
    }
}
