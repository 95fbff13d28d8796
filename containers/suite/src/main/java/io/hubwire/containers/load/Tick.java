// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.load;

import io.hubwire.EventType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A numbered message of about 4 KiB.
 *
 * @param n counted from 0
 * @param text follows from the number, so that a mixed-up message is found out
 */
record Tick(int n, String text) {
    static final EventType<Tick> TYPE = EventType.of("load/tick", Tick.class);

    private static final int LENGTH = 4 << 10;
    private static final byte[] HEAD = "{\"event\":\"load/tick\",\"data\":{\"n\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BETWEEN = ",\"text\":\"".getBytes(StandardCharsets.US_ASCII);

    static Tick of(int n) {
        return new Tick(n, Character.toString(letter(n)).repeat(LENGTH));
    }

    private static char letter(int n) {
        return (char) ('a' + n % 26);
    }

    /** The number of a tick on the wire, -1 if the message is something else. */
    static int numberOf(ByteBuffer message) {
        int at = message.position();
        if (!hasAt(message, at, HEAD)) {
            return -1;
        }
        int n = 0;
        for (at += HEAD.length; Character.isDigit(message.get(at)); at++) {
            n = n * 10 + message.get(at) - '0';
        }
        at += BETWEEN.length;
        boolean isWhole = hasAt(message, at - BETWEEN.length, BETWEEN)
                && message.get(at) == letter(n)
                && message.get(at + LENGTH - 1) == letter(n)
                && message.get(at + LENGTH) == '"';
        if (!isWhole) {
            throw new IllegalStateException("tick " + n + " is damaged");
        }
        return n;
    }

    private static boolean hasAt(ByteBuffer message, int at, byte[] expected) {
        if (message.limit() - at < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (message.get(at + i) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
