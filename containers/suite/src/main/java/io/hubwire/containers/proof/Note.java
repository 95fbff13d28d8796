// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import io.hubwire.EventType;

/**
 * A numbered message of the hub.
 *
 * @param path by which it was sent
 * @param n counted from 1, for each path and recipient
 * @param text of any length and any alphabet, so that frames and cuts fall anywhere
 */
record Note(String path, long n, String text) {
    static final EventType<Note> TYPE = EventType.of("proof/note", Note.class);

    private static final String[] TEXTS = {"", "grüße", "\uD83D\uDE80 ".repeat(9), "x".repeat(60), "名".repeat(30)};
    private static final int LONG_ONE_IN = 256;

    static Note of(String path, long n) {
        String text = TEXTS[(int) (n % TEXTS.length)];
        return new Note(path, n, n % LONG_ONE_IN == 0 ? text.repeat(50) : text);
    }

    /** Whether nothing in it was changed. */
    boolean isWhole() {
        return equals(of(path, n));
    }
}
