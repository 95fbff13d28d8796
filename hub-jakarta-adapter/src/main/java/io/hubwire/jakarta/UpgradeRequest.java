// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * An HTTP request that may be a WebSocket handshake, as each kind of container brings it: the same rules judge them
 * all. For the thread on which the container brought it.
 */
interface UpgradeRequest {
    String method();

    /** The names of all headers; a name may come twice, in any case. */
    Collection<String> headerNames();

    /** What the lines of a header say, in their order, whatever the case of its name. */
    List<String> headerLines(String name);

    /** The first line of a header. */
    default Optional<String> header(String name) {
        return headerLines(name).stream().findFirst();
    }

    /** The origin of a page that is served from where this request went. */
    Origin target();

    /** The decoded path, the application's own path included. */
    String path();

    /** The decoded path within the application. */
    String pathInApplication();

    /** The raw query, if there is one. */
    Optional<String> query();

    /** Who the container says this is. */
    Optional<Principal> principal();

    /** The peer's address, without a port. */
    Optional<String> remoteAddress();

    /** The container's own request object. */
    Object unwrap();

    /** What the lines of a header say, without the space around it. */
    default List<String> strippedLines(String name) {
        return headerLines(name).stream().map(String::strip).toList();
    }

    /** The items of a header that is a list, over all its lines. */
    default List<String> tokens(String name) {
        List<String> tokens = new ArrayList<>();
        for (String line : headerLines(name)) {
            for (String token : line.split(",", -1)) {
                if (!token.isBlank()) {
                    tokens.add(token.strip());
                }
            }
        }
        return tokens;
    }
}
