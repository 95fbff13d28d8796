// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.Locale;
import java.util.Optional;

/**
 * A web origin (RFC 6454), normalised: lower case, and a port even where the scheme's own is left out.
 *
 * @param port -1 if the scheme has no port of its own and none was given
 */
record Origin(String scheme, String host, int port) {
    private static final int NO_PORT = -1;
    private static final int NO_NUMBER = -2;

    /** Reads what an {@code Origin} header says; empty if that is not one origin, as {@code null} is not. */
    static Optional<Origin> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        int colon = lower.indexOf("://");
        if (colon < 1 || !isScheme(lower.substring(0, colon))) {
            return Optional.empty();
        }
        return parse(lower.substring(0, colon), lower.substring(colon + 3));
    }

    private static Optional<Origin> parse(String scheme, String authority) {
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : indexOrLength(authority, ':');
        String host = authority.substring(0, hostEnd);
        String rest = authority.substring(hostEnd);
        int port = rest.isEmpty() ? defaultPort(scheme) : portNumber(rest);
        return isHost(host) && port != NO_NUMBER ? Optional.of(new Origin(scheme, host, port)) : Optional.empty();
    }

    /** The origin of a page that the server itself would serve. */
    static Origin of(String scheme, String host, int port) {
        String bracketed = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
        return new Origin(scheme.toLowerCase(Locale.ROOT), bracketed.toLowerCase(Locale.ROOT), port);
    }

    /** The same, by what the {@code Host} header says; no page's origin if that says nothing sensible. */
    static Origin of(String scheme, Optional<String> hostHeader) {
        return hostHeader
                .flatMap(host -> parse(scheme + "://" + host.strip()))
                .orElseGet(() -> of(scheme, "", NO_PORT));
    }

    private static int indexOrLength(String text, char c) {
        int index = text.indexOf(c);
        return index < 0 ? text.length() : index;
    }

    private static int defaultPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> NO_PORT;
        };
    }

    private static int portNumber(String colonAndDigits) {
        String digits = colonAndDigits.substring(1);
        if (!colonAndDigits.startsWith(":") || digits.isEmpty() || digits.length() > 5 || !isDigits(digits)) {
            return NO_NUMBER;
        }
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= 65_535 ? port : NO_NUMBER;
    }

    private static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isScheme(String text) {
        return isLetter(text.charAt(0))
                && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || "+.-".indexOf(c) >= 0);
    }

    private static boolean isHost(String text) {
        if (text.startsWith("[")) {
            return text.chars()
                    .skip(1)
                    .limit(text.length() - 2L)
                    .allMatch(c -> isDigit(c) || isLetter(c) || c == ':' || c == '.');
        }
        return !text.isEmpty() && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || "-._".indexOf(c) >= 0);
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
