// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.Optional;

/** Judges every payload after it is bound; the place to plug in a validation library. Must be thread-safe. */
@FunctionalInterface
public interface PayloadValidator {
    /** The path of the first field that is not valid, empty when all are. A refusal is told as 1002 with that path. */
    Optional<String> findInvalid(Object payload);
}
