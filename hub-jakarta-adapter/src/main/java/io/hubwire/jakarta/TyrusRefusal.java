// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.spi.HandshakeResult;
import jakarta.websocket.HandshakeResponse;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses inside Tyrus's handshake, by an exception of Tyrus's own, which is looked up by its name so that Tyrus is not
 * needed to compile. A status and headers are all that comes of it.
 */
final class TyrusRefusal {
    private static final String EXCEPTION = "org.glassfish.tyrus.core.HandshakeException";
    private static final List<String> OF_AN_UPGRADE = List.of("Upgrade", "Connection", "Sec-WebSocket-Accept");

    private TyrusRefusal() {}

    /** Returns only where the container is another one. */
    static void throwIfPossible(HandshakeResult.Refused refused, HandshakeResponse response) {
        Optional<Exception> exception = exceptionFor(refused, response.getClass());
        if (exception.isPresent()) {
            describe(HttpRefusal.of(refused), response.getHeaders());
            TyrusRefusal.<RuntimeException>throwAny(exception.get());
        }
    }

    private static Optional<Exception> exceptionFor(HandshakeResult.Refused refused, Class<?> responseType) {
        if (!responseType.getName().startsWith("org.glassfish.tyrus.")) {
            return Optional.empty();
        }
        try {
            Object made = Class.forName(EXCEPTION, true, responseType.getClassLoader())
                    .getConstructor(int.class, String.class)
                    .newInstance(refused.status(), refused.text());
            return made instanceof Exception exception ? Optional.of(exception) : Optional.empty();
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            return Optional.empty();
        }
    }

    private static void describe(HttpRefusal refusal, Map<String, List<String>> headers) {
        OF_AN_UPGRADE.forEach(headers::remove);
        refusal.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.put("Content-Length", List.of("0"));
    }

    /** Tyrus's exception is a checked one, and its method declares none. */
    @SuppressWarnings("unchecked")
    private static <E extends Exception> void throwAny(Exception exception) throws E {
        throw (E) exception;
    }
}
