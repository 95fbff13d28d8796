// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/** How AssertJ's own messages show what a hub sent: as it shows everything, with secrets masked. Immutable. */
final class MaskedRepresentation extends StandardRepresentation {
    private final Redactor redactor;

    MaskedRepresentation(Redactor redactor) {
        this.redactor = redactor;
    }

    @Override
    public String toStringOf(@Nullable Object value) {
        return redactor.masked(String.valueOf(super.toStringOf(value)));
    }
}
