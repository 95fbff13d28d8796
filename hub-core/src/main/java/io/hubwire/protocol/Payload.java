// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.protocol;

/**
 * A message's body that is not yet bound to a class. Made by a codec, and only that codec can bind it.
 *
 * <p>Immutable and thread-safe.
 */
public interface Payload {
    /** No body at all. */
    Payload NONE = new Payload() {
        @Override
        public boolean isPresent() {
            return false;
        }

        @Override
        public String text() {
            return "";
        }

        @Override
        public String toString() {
            return "(no payload)";
        }
    };

    /** Whether the message had a body; JSON {@code null} is one. */
    boolean isPresent();

    /** The body as the client may have written it, empty if there is none. */
    String text();
}
