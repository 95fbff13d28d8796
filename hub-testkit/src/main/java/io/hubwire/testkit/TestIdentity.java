// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Admission;
import io.hubwire.spi.Handshake;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom a test says a client is; the authenticator of {@link TestHub} believes it. It travels in headers, so that it
 * does over every transport.
 */
record TestIdentity(String user, Set<String> roles) {
    private static final String USER = "Hubwire-Test-User";
    private static final String ROLES = "Hubwire-Test-Roles";

    Map<String, String> headers() {
        return Map.of(
                USER,
                encode(user),
                ROLES,
                roles.stream().map(TestIdentity::encode).collect(Collectors.joining(",")));
    }

    /** Whether a header is the kit's own, and no part of what a test asks for. */
    static boolean isHeader(String name) {
        return name.equalsIgnoreCase(USER) || name.equalsIgnoreCase(ROLES);
    }

    static Admission admit(Handshake handshake) {
        Admission identified = handshake
                .header(USER)
                .map(user -> Admission.asUser(decode(user)).roles(rolesIn(handshake)))
                .orElseGet(Admission::anonymous);
        return TestAttributes.added(identified, handshake);
    }

    private static String[] rolesIn(Handshake handshake) {
        return Stream.of(handshake.header(ROLES).orElse("").split(","))
                .filter(role -> !role.isEmpty())
                .map(TestIdentity::decode)
                .toArray(String[]::new);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
