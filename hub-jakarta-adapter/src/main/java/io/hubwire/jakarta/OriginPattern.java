// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

/**
 * Origins that an application allows: one, or all whose host has any one label in the place of a star. Immutable.
 *
 * @param origin without the star
 */
record OriginPattern(Origin origin, boolean hasStar) {
    private static final String STAR = "://*.";

    /**
     * Reads {@code https://app.example} or {@code https://*.example.org}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static OriginPattern of(String text) {
        boolean hasStar = text.contains(STAR);
        return Origin.parse(text.replace(STAR, "://"))
                .map(origin -> new OriginPattern(origin, hasStar))
                .orElseThrow(() -> new IllegalArgumentException("endpoint.allowOrigins has '" + text
                        + "', allowed is scheme://host[:port] without a path, where the host may begin with '*.'"
                        + " for any one label; allowAnyOrigin() allows all"));
    }

    boolean fits(Origin actual) {
        return origin.scheme().equals(actual.scheme())
                && origin.port() == actual.port()
                && origin.host().equals(hasStar ? withoutFirstLabel(actual.host()) : actual.host());
    }

    private static String withoutFirstLabel(String host) {
        int dot = host.indexOf('.');
        return dot < 1 ? "" : host.substring(dot + 1);
    }
}
