// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the newest message of each key is in a session's log. Not thread-safe. */
final class LatestPlaces {
    /** What is nowhere. */
    static final long NOWHERE = -1;

    /** Null until there is one. */
    private @Nullable Map<Object, Long> places;

    /** Where an older message with the same key is, which is worth nothing any more. */
    long find(Outgoing message) {
        Long index = message.key() == null || places == null ? null : places.get(message.key());
        return index == null ? NOWHERE : index;
    }

    /** The message is there, if it has a key. */
    void put(Outgoing message, long index) {
        if (message.key() == null) {
            return;
        }
        Map<Object, Long> known = places;
        if (known == null) {
            known = new HashMap<>();
            places = known;
        }
        known.put(message.key(), index);
    }

    /** The message is not there any more. */
    void forget(Outgoing message, long index) {
        if (message.key() != null && places != null) {
            places.remove(message.key(), index);
            if (places.isEmpty()) {
                places = null;
            }
        }
    }
}
