// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * The order inside the engine: {@code runtime ← directory ← session ← {routing, delivery, liveness} ← internal}; the right
 * side may use the left, and the three in the middle do not know each other.
 */
final class EngineOrder extends ArchCondition<JavaClass> {
    private static final Map<String, Set<String>> MAY_USE = Map.of(
            "runtime", Set.of(),
            "directory", Set.of("runtime"),
            "session", Set.of("runtime", "directory"),
            "routing", Set.of("runtime", "directory", "session"),
            "delivery", Set.of("runtime", "directory", "session"),
            "liveness", Set.of("runtime", "directory", "session"));
    static final Set<String> ROOMS = MAY_USE.keySet();

    private final String engine;

    EngineOrder(String engine) {
        super("use only rooms before their own");
        this.engine = engine;
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        for (Dependency dependency : item.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            if (isInEngine(target) && !mayUse(room(item), room(target))) {
                events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
            }
        }
    }

    private boolean isInEngine(JavaClass type) {
        return type.getPackageName().equals(engine) || type.getPackageName().startsWith(engine + ".");
    }

    private static boolean mayUse(String from, String to) {
        return from.isEmpty()
                || from.equals(to)
                || MAY_USE.getOrDefault(from, Set.of()).contains(to);
    }

    /** The first name below the engine's package; empty for the composition root. */
    private String room(JavaClass type) {
        String below = type.getPackageName().substring(engine.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }
}
