// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** By what the secrets of a session that is over are known again, without being kept. Immutable. */
public final class SecretDigests {
    private final byte[] newest;

    /** Null if the client has shown that it knows the newest. */
    private final byte @Nullable [] previous;

    /** {@code previous} is empty when there is none. */
    SecretDigests(String newest, String previous) {
        this.newest = digest(newest);
        this.previous = previous.isEmpty() ? null : digest(previous);
    }

    /** Whether this is one of the secrets; takes as long whatever the difference. */
    public boolean include(String claimed) {
        byte[] digest = digest(claimed);
        boolean isNewest = MessageDigest.isEqual(digest, newest);
        boolean isPrevious = previous != null && MessageDigest.isEqual(digest, previous);
        return isNewest || isPrevious;
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has it", e);
        }
    }
}
