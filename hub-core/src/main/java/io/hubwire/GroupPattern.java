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
import org.jspecify.annotations.Nullable;

/**
 * A pattern for names of groups: {@code *} stands for any characters, {@code {name}} for one or more, and gives them a name.
 * Everything else stands for itself. Immutable and thread-safe.
 *
 * <p>Each wildcard takes as little as it can. Clients choose the names, so that a name is read once from left to right, whatever
 * the pattern.
 */
public final class GroupPattern {
    private static final Pattern WILDCARD = Pattern.compile("\\*|\\{([A-Za-z][A-Za-z0-9]*)\\}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._/:-]*");

    /**
     * A wildcard and the text behind it.
     *
     * @param variable null for {@code *}
     */
    private record Wildcard(@Nullable String variable, String behind) {
        int shortest() {
            return variable == null ? 0 : 1;
        }
    }

    private final String text;
    private final String before;
    private final List<Wildcard> wildcards;

    private GroupPattern(String text, String before, List<Wildcard> wildcards) {
        this.text = text;
        this.before = before;
        this.wildcards = wildcards;
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is empty, or has a character that no group's name can have
     */
    public static GroupPattern of(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a group pattern is not empty; '*' matches every group");
        }
        List<String> literals = new ArrayList<>();
        List<@Nullable String> variables = new ArrayList<>();
        Matcher found = WILDCARD.matcher(text);
        int end = 0;
        while (found.find()) {
            literals.add(literal(text, text.substring(end, found.start())));
            variables.add(found.group(1));
            end = found.end();
        }
        literals.add(literal(text, text.substring(end)));
        List<Wildcard> wildcards = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            wildcards.add(new Wildcard(variables.get(i), literals.get(i + 1)));
        }
        return new GroupPattern(text, literals.get(0), List.copyOf(wildcards));
    }

    private static String literal(String text, String part) {
        if (!LITERAL.matcher(part).matches()) {
            throw new IllegalArgumentException(
                    "group pattern '" + text + "' may have [A-Za-z0-9._/:-], '*' and '{name}', not '" + part + "'");
        }
        return part;
    }

    /** Whether a group's name fits. */
    public boolean matches(String group) {
        return variables(group).isPresent();
    }

    /** What the variables stand for, in the pattern's order; empty if the name does not fit. */
    public Optional<Map<String, String>> variables(String group) {
        if (!group.startsWith(before)) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        int at = before.length();
        for (int i = 0; i < wildcards.size(); i++) {
            Wildcard wildcard = wildcards.get(i);
            int end = endOf(i, group, at + wildcard.shortest());
            if (end < 0) {
                return Optional.empty();
            }
            if (wildcard.variable() != null) {
                values.put(wildcard.variable(), group.substring(at, end));
            }
            at = end + wildcard.behind().length();
        }
        return at == group.length() ? Optional.of(values) : Optional.empty();
    }

    /** Where a wildcard ends that ends at {@code from} at the earliest: before the text behind it, -1 if that does not come. */
    private int endOf(int index, String group, int from) {
        String behind = wildcards.get(index).behind();
        boolean isLast = index == wildcards.size() - 1;
        int end = isLast ? group.length() - behind.length() : group.indexOf(behind, from);
        return end >= from && group.startsWith(behind, end) ? end : -1;
    }

    @Override
    public String toString() {
        return text;
    }
}
