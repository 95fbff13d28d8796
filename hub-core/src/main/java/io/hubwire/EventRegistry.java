// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.util.List;
import java.util.Optional;

/**
 * The events that a hub knows. Registration is open until the hub starts; afterwards the registry is fixed.
 *
 * <p>Thread-safe.
 */
public interface EventRegistry extends Routes<EventRegistry> {
    /** The routes in the order of their registration; a snapshot. */
    List<RouteDefinition> routes();

    /** The route of an event. */
    Optional<RouteDefinition> find(String event);

    /** What the hub has declared to send, in the order of declaration; a snapshot. */
    List<EventType<?>> emitted();
}
