// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Names that nobody can guess. */
public final class Secrets {
    private Secrets() {}

    /** 128 random bits, as 22 characters that need no escaping anywhere. */
    public static String next(RandomGenerator random) {
        byte[] bits = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }
}
