// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.api;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code User-Agent} header says for people to read. Immutable.
 *
 * @param os the system, {@value #UNKNOWN} if it cannot be told
 * @param browser the program, with its main version, {@value #UNKNOWN} if it cannot be told
 */
public record Device(String os, String browser) {
    /** What cannot be told. */
    public static final String UNKNOWN = "unknown";

    private record Rule(Pattern pattern, String name) {
        Rule(String regex, String name) {
            this(Pattern.compile(regex), name);
        }
    }

    // The first that is found counts: most agents also name the ones that they want to be taken for.
    private static final List<Rule> SYSTEMS = List.of(
            new Rule("Windows NT 10", "Windows 10"),
            new Rule("Windows NT", "Windows"),
            new Rule("iPhone|iPad|iPod", "iOS"),
            new Rule("Android (\\d+)", "Android"),
            new Rule("Android", "Android"),
            new Rule("Mac OS X|Macintosh", "macOS"),
            new Rule("CrOS", "ChromeOS"),
            new Rule("Linux|X11", "Linux"));
    private static final List<Rule> BROWSERS = List.of(
            new Rule("(?:Edg|EdgA|EdgiOS|Edge)/(\\d+)", "Edge"),
            new Rule("(?:OPR|Opera)/(\\d+)", "Opera"),
            new Rule("SamsungBrowser/(\\d+)", "Samsung Internet"),
            new Rule("(?:Firefox|FxiOS)/(\\d+)", "Firefox"),
            new Rule("(?:Chrome|HeadlessChrome|CriOS|Chromium)/(\\d+)", "Chrome"),
            new Rule("Version/(\\d+)[^ ]* (?:Mobile/\\S+ )?Safari", "Safari"),
            new Rule("Java-http-client/(\\d+)", "Java"),
            new Rule("^([A-Za-z][A-Za-z0-9-]{0,30})/\\d", ""));

    /** Reads a header. */
    public static Device of(String userAgent) {
        return new Device(first(SYSTEMS, userAgent), first(BROWSERS, userAgent));
    }

    private static String first(List<Rule> rules, String userAgent) {
        for (Rule rule : rules) {
            Matcher matcher = rule.pattern().matcher(userAgent);
            if (matcher.find()) {
                return matcher.groupCount() == 0 ? rule.name() : (rule.name() + " " + matcher.group(1)).strip();
            }
        }
        return UNKNOWN;
    }
}
