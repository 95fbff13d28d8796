// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.spi;

import java.nio.charset.StandardCharsets;

/**
 * One encoded message, shared by all its recipients: encoded once, however many there are.
 *
 * <p>Immutable and thread-safe.
 */
public final class Frame {
    private final String text;
    private final int utf8Length;

    private Frame(String text) {
        this.text = text;
        this.utf8Length = utf8Length(text);
    }

    /** A frame with this text; a lone surrogate, which UTF-8 cannot express, is replaced by a question mark. */
    public static Frame of(String text) {
        return new Frame(
                isWellFormed(text) ? text : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    /** What travels. */
    public String text() {
        return text;
    }

    /** Its length on the wire in bytes, without framing. */
    public int utf8Length() {
        return utf8Length;
    }

    /** The text as bytes, in a new array. */
    public byte[] utf8() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The length of well-formed text in bytes of UTF-8. */
    public static int utf8Length(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x800) {
                bytes += Character.isSurrogate(c) ? 1 : 2; // a pair takes four bytes, two for each char
            } else if (c >= 0x80) {
                bytes++;
            }
        }
        return bytes;
    }

    /** Whether every surrogate in {@code text} is one of a pair, so that UTF-8 can express it. */
    public static boolean isWellFormed(String text) {
        boolean isHighBefore = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowSurrogate(c) != isHighBefore) {
                return false;
            }
            isHighBefore = Character.isHighSurrogate(c);
        }
        return !isHighBefore;
    }

    @Override
    public String toString() {
        return text;
    }
}
