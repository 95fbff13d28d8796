// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/** Carries a transcript into the report of a failure that is not the kit's: it has no stack and is never thrown. */
final class SuppressedTranscript extends RuntimeException {
    private static final long serialVersionUID = 1;

    SuppressedTranscript(String transcript) {
        super(transcript, null, false, false);
    }

    /** The transcript alone: the name of this class tells a reader nothing. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
