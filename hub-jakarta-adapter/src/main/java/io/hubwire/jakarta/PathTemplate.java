// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A path whose segments are literal, or variables that stand for one segment each. Immutable and thread-safe. */
final class PathTemplate {
    private static final char UNDECODABLE = '\uFFFD';

    private final String text;
    private final List<String> segments;

    private PathTemplate(String text, List<String> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if it is not one
     */
    static PathTemplate of(String text) {
        List<String> segments = segmentsOf(text);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean isGood = isVariable(segment) ? i > 0 && names.add(segment) : isLiteral(segment);
            if (!isGood) {
                throw notAPath(text);
            }
        }
        if (!text.startsWith("/")) {
            throw notAPath(text);
        }
        return new PathTemplate(text, segments);
    }

    private static IllegalArgumentException notAPath(String text) {
        return new IllegalArgumentException(
                "endpoint.path is '" + text + "', allowed is '/', or segments such as '/ws' or"
                        + " '/ws/{room}' of [A-Za-z0-9._~-], where '{name}' is not the first and each is used once");
    }

    private static boolean isVariable(String segment) {
        return segment.length() > 2
                && segment.startsWith("{")
                && segment.endsWith("}")
                && segment.substring(1, segment.length() - 1).chars().allMatch(c -> isAlphanumeric(c) || c == '_');
    }

    private static boolean isLiteral(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> isAlphanumeric(c) || "._~-".indexOf(c) >= 0);
    }

    private static boolean isAlphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static List<String> segmentsOf(String path) {
        List<String> segments = new ArrayList<>();
        int start = 1;
        while (path.length() > 1 && start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            segments.add(path.substring(start, end));
            start = end + 1;
        }
        return segments;
    }

    /** The pattern that makes a servlet see every path that fits, and perhaps others. */
    String servletPattern() {
        if (segments.isEmpty()) {
            return ""; // exactly the application's root; "/" would be everything
        }
        StringBuilder literal = new StringBuilder();
        for (String segment : segments) {
            if (isVariable(segment)) {
                return literal.append("/*").toString();
            }
            literal.append('/').append(segment);
        }
        return literal.toString();
    }

    /** What the variables stand for in a decoded path; empty if the path does not fit. */
    Optional<Map<String, String>> match(String path) {
        List<String> actual = segmentsOf(path);
        if (actual.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < actual.size(); i++) {
            String segment = segments.get(i);
            if (isVariable(segment) && isValue(actual.get(i))) {
                values.put(segment.substring(1, segment.length() - 1), actual.get(i));
            } else if (!segment.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** What no two containers agree on stands for nothing: relative segments, and bytes that were no UTF-8. */
    private static boolean isValue(String segment) {
        return !segment.isEmpty() && !segment.equals(".") && !segment.equals("..") && segment.indexOf(UNDECODABLE) < 0;
    }

    /** As many segments of a path, from its end, as this has: what is left of a path whose beginning is not known. */
    String endOf(String path) {
        List<String> actual = segmentsOf(path);
        int surplus = actual.size() - segments.size();
        return surplus <= 0 ? path : "/" + String.join("/", actual.subList(surplus, actual.size()));
    }

    @Override
    public String toString() {
        return text;
    }
}
