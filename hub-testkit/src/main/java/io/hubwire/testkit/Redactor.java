// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Masks secrets in transcripts and failure messages: the values of keys whose name says so, wherever they stand.
 *
 * <p>A key counts if its name contains one of the words, whatever its case and whatever stands between letters:
 * {@code token} is found in {@code accessToken} and {@code X-Auth-Token}. So is by what a session of the hubwire.v1 profile is claimed.
 * Immutable and thread-safe.
 */
public final class Redactor {
    private static final String MASK = "***";

    /** By which a session is claimed, in the hello of the hubwire.v1 profile and in its answer. */
    private static final String SESSION = "session";

    private static final String CLAIM = "resume";
    private static final String ANSWER_TO_CLAIM = "resumed";
    private static final Pattern SESSION_IN_TEXT =
            Pattern.compile("(\\\\?\"session\\\\?\"\\s{0,8}+:\\s{0,8}+)\\\\?\"(?!\\*\\*\\*)[^\"]*+\"?");

    private static final List<String> WORDS = List.of(
            "token",
            "authorization",
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "credential",
            "jwt",
            "signature",
            "sessionid",
            "cookie",
            "apikey",
            "privatekey");

    private final Set<String> words;
    private final Pattern inText;

    private Redactor(Set<String> words) {
        this.words = words;
        this.inText = patternOf(words);
    }

    /**
     * Masks what is named after a token, authorization, password, passphrase, secret, credential, cookie, API key or
     * private key.
     */
    public static Redactor standard() {
        return new Redactor(new LinkedHashSet<>(WORDS));
    }

    /** Masks nothing. */
    public static Redactor none() {
        return new Redactor(Set.of());
    }

    /**
     * Masks the values of these keys, too.
     *
     * @throws IllegalArgumentException if a word has neither a letter nor a digit
     */
    public Redactor masking(String... keys) {
        Set<String> more = new LinkedHashSet<>(words);
        Arrays.stream(keys).map(Redactor::word).forEach(more::add);
        return new Redactor(more);
    }

    /** Whether values of this key are masked. */
    boolean masks(String key) {
        String letters = lettersOf(key);
        return words.stream().anyMatch(letters::contains);
    }

    /** The value of a key as it may be shown. */
    String masked(String key, String value) {
        return masks(key) ? MASK : masked(value);
    }

    /** A copy in which the values of secret keys are masked, objects and arrays as a whole. */
    JsonNode masked(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return masked(object, object.has(ANSWER_TO_CLAIM));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> copy.add(masked(element)));
            return copy;
        }
        return node.isTextual() ? TextNode.valueOf(masked(node.textValue())) : node;
    }

    private JsonNode masked(ObjectNode object, boolean isOfHello) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String key = field.getKey();
            boolean isSecret = masks(key) || (isOfHello && key.equals(SESSION) && !words.isEmpty());
            copy.set(key, isSecret ? TextNode.valueOf(MASK) : masked(key, field.getValue()));
        }
        return copy;
    }

    private JsonNode masked(String key, JsonNode value) {
        return key.equals(CLAIM) && value instanceof ObjectNode claim ? masked(claim, true) : masked(value);
    }

    /** Text of any kind, such as a broken frame, a query, or what an exception says. */
    String masked(String text) {
        if (words.isEmpty()) {
            return text;
        }
        String shown = inText.matcher(text).replaceAll("$1" + MASK);
        return shown.contains(CLAIM) ? SESSION_IN_TEXT.matcher(shown).replaceAll("$1" + MASK) : shown;
    }

    /** A frame as a client sent it: what a parser would read as a key counts, however it is written. */
    String maskedFrame(String frame) {
        return ClientJson.parsed(frame)
                .map(tree -> masked(tree).equals(tree) ? frame : masked(tree).toString())
                .orElseGet(() -> masked(frame));
    }

    /**
     * A key in quotes or not, a sign of assignment, and its value; or a scheme of authorization and what follows it.
     * Without a parser, the end of a value that is an object or array is a guess, so everything behind is masked. Nothing
     * in here backtracks: strangers' frames may be long.
     */
    private static Pattern patternOf(Set<String> words) {
        String anyWord = words.stream()
                .map(word -> word.chars().mapToObj(Character::toString).collect(Collectors.joining("[-_. ]?")))
                .collect(Collectors.joining("|"));
        String key = "(?:" + anyWord + ")[\\w.-]{0,64}+";
        String assigned = "\\\\?[\"']?\\s{0,8}+[:=]\\s{0,8}+(?:(?:bearer|basic|digest)\\s++)?+";
        String doubleQuoted = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"?";
        String singleQuoted = "'[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'?";
        String quotedInQuotes = "\\\\[\"'][^\"']*+[\"']?";
        String value = String.join(
                "|",
                doubleQuoted,
                singleQuoted,
                quotedInQuotes,
                "[\\[{].*+",
                "[^\\s\"'\\[{&,;)}\\]][^\\s\"'&,;)}\\]]*+");
        String secret = "((?:" + key + assigned + ")|\\bbearer\\s++)(?![\"']?\\*\\*\\*)(?:" + value + ")";
        return Pattern.compile(secret, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    private static String word(String key) {
        String letters = lettersOf(key);
        if (letters.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' has no letter that a key could be known by");
        }
        return letters;
    }

    private static String lettersOf(String key) {
        return key.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
