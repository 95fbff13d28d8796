// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern for names of groups: {@code *} stands for any characters, {@code {name}} for one or more, and gives them a name.
 * Everything else stands for itself. Immutable and thread-safe.
 */
public final class GroupPattern {
    private static final Pattern WILDCARD = Pattern.compile("\\*|\\{([A-Za-z][A-Za-z0-9]*)\\}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._/:-]*");

    private final String text;
    private final Pattern regex;
    private final List<String> variables;

    private GroupPattern(String text, Pattern regex, List<String> variables) {
        this.text = text;
        this.regex = regex;
        this.variables = variables;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is empty, or has a character that no group's name can have
     */
    public static GroupPattern of(String text) {
        Objects.requireNonNull(text, "text");
        StringBuilder regex = new StringBuilder();
        List<String> variables = new ArrayList<>();
        Matcher wildcards = WILDCARD.matcher(text);
        int end = 0;
        while (wildcards.find()) {
            regex.append(literal(text, text.substring(end, wildcards.start())));
            String variable = wildcards.group(1);
            if (variable == null) {
                regex.append(".*");
            } else {
                variables.add(variable);
                regex.append("(.+?)");
            }
            end = wildcards.end();
        }
        regex.append(literal(text, text.substring(end)));
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a group pattern is not empty; '*' matches every group");
        }
        return new GroupPattern(text, Pattern.compile(regex.toString()), List.copyOf(variables));
    }

    private static String literal(String text, String part) {
        if (!LITERAL.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    "group pattern '" + text + "' may have [A-Za-z0-9._/:-], '*' and '{name}', not '" + part + "'");
        }
        return Pattern.quote(part);
    }

    /** Whether a group's name fits. */
    public boolean matches(String group) {
        return regex.matcher(group).matches();
    }

    /** What the variables stand for, in the pattern's order; empty if the name does not fit. */
    public Optional<Map<String, String>> variables(String group) {
        Matcher matcher = regex.matcher(group);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < variables.size(); i++) {
            values.put(variables.get(i), matcher.group(i + 1));
        }
        return Optional.of(values);
    }

    @Override
    public String toString() {
        return text;
    }
}
