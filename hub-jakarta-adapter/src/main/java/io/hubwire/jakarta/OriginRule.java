// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import java.util.Arrays;
import java.util.List;

/** Decides which pages may connect. Thread-safe. */
@FunctionalInterface
interface OriginRule {
    /** Whether a page of this origin may; the text is what the request's {@code Origin} header says. */
    boolean allows(String origin, UpgradeRequest request);

    /** Every page. */
    static OriginRule any() {
        return (origin, request) -> true;
    }

    /** Pages that come from where the handshake goes to. */
    static OriginRule same() {
        return (origin, request) ->
                Origin.parse(origin).filter(request.target()::equals).isPresent();
    }

    /**
     * Pages of these origins.
     *
     * @throws IllegalArgumentException if there is none, or one is not an origin or a pattern for some
     */
    static OriginRule anyOf(String... allowed) {
        if (allowed.length == 0) {
            throw new IllegalArgumentException(
                    "endpoint.allowOrigins is empty, allowed is at least one origin; allowAnyOrigin() allows all");
        }
        List<OriginPattern> patterns =
                Arrays.stream(allowed).map(OriginPattern::of).toList();
        return (origin, request) -> Origin.parse(origin)
                .filter(actual -> patterns.stream().anyMatch(pattern -> pattern.fits(actual)))
                .isPresent();
    }
}
