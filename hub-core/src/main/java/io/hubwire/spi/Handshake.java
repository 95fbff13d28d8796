// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import java.security.Principal;
import java.util.List;
import java.util.Optional;

/**
 * What a client asked for when it connected.
 *
 * <p>It lives only while the client is being admitted: keep what is needed in the admission. Safe to read from any thread.
 */
public interface Handshake {
    /** The credential: a bearer token of the {@code Authorization} header, or from the query or cookie that was configured. */
    Optional<String> token();

    /** The first value of a query parameter, decoded. */
    Optional<String> query(String name);

    /** The first value of a header, whatever the case of its name. */
    Optional<String> header(String name);

    /** A variable of the endpoint's path, decoded. */
    Optional<String> pathParam(String name);

    /** The path that was asked for, without query. */
    String path();

    /** Who the container says this is. */
    Optional<Principal> principal();

    /** The peer's IP address as text, without a port. */
    Optional<String> remoteAddress();

    /** The subprotocols that the client offered, in its order. */
    List<String> subprotocols();

    /**
     * What lies behind this handshake, if it is of that type: {@code HttpServletRequest}, for one. Nothing for a client of the {@code
     * hubwire.v1} profile, who is judged when the container is done with the request.
     */
    <T> Optional<T> unwrap(Class<T> type);
}
