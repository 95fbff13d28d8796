// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.glassfish.grizzly.http.HttpRequestPacket;

/**
 * A request that has come to a Grizzly listener.
 *
 * @param contextPath empty, or a path that begins with a slash and does not end with one
 */
record GrizzlyUpgradeRequest(HttpRequestPacket packet, String contextPath) implements UpgradeRequest {
    @Override
    public String method() {
        return packet.getMethod().getMethodString();
    }

    @Override
    public Collection<String> headerNames() {
        List<String> names = new ArrayList<>();
        packet.getHeaders().names().forEach(names::add);
        names.add("Upgrade"); // Grizzly keeps it apart from the others
        return names;
    }

    @Override
    public List<String> headerLines(String name) {
        if (name.equalsIgnoreCase("Upgrade")) {
            return Optional.ofNullable(packet.getUpgrade()).stream().toList();
        }
        List<String> lines = new ArrayList<>();
        packet.getHeaders().values(name).forEach(lines::add);
        return lines;
    }

    @Override
    public Origin target() {
        List<String> hosts = headerLines("Host");
        Optional<String> host = hosts.size() == 1 ? Optional.of(hosts.get(0)) : Optional.empty();
        return Origin.of(packet.isSecure() ? "https" : "http", host);
    }

    @Override
    public String path() {
        return uri().map(URI::getPath).orElse("");
    }

    private Optional<URI> uri() {
        try {
            return Optional.of(new URI(packet.getRequestURI())).filter(uri -> uri.getPath() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether this is a handshake to a path that is none, on which Tyrus fails, or to one with a slash inside a segment,
     * on which no two containers agree, or to what looks like a host or a fragment and would be left out of the path.
     */
    boolean isMalformedHandshake() {
        boolean isHandshake = tokens("Upgrade").stream().anyMatch("websocket"::equalsIgnoreCase);
        String target = packet.getRequestURI();
        boolean hasHiddenSlash = target.toLowerCase(Locale.ROOT).contains("%2f");
        boolean hasMoreThanAPath = target.startsWith("//") || target.indexOf('#') >= 0;
        return isHandshake && (hasHiddenSlash || hasMoreThanAPath || uri().isEmpty());
    }

    boolean isInApplication() {
        return path().startsWith(contextPath + "/");
    }

    @Override
    public String pathInApplication() {
        return isInApplication() ? path().substring(contextPath.length()) : "";
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(packet.getQueryString());
    }

    /** Nobody: Grizzly signs nobody in. */
    @Override
    public Optional<Principal> principal() {
        return Optional.empty();
    }

    @Override
    public Optional<String> remoteAddress() {
        return Optional.ofNullable(packet.getRemoteAddress());
    }

    @Override
    public Object unwrap() {
        return packet;
    }
}
