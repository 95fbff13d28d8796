// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.account;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/** The secret that tokens are signed with. Immutable and thread-safe; its text form shows nothing. */
public final class TokenKey {
    /** The shortest key, in bytes (RFC 7518 §3.2). */
    public static final int MIN_BYTES = 32;

    private final byte[] bytes;

    private TokenKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new key: tokens are then worth nothing after a restart. */
    public static TokenKey random() {
        byte[] bytes = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new TokenKey(bytes);
    }

    /**
     * A given key.
     *
     * @throws IllegalArgumentException if it is shorter than {@value #MIN_BYTES} bytes of UTF-8
     */
    public static TokenKey of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "tokenKey has " + bytes.length + " bytes, allowed is " + MIN_BYTES + " or more");
        }
        return new TokenKey(bytes);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public String toString() {
        return "TokenKey[hidden]";
    }
}
