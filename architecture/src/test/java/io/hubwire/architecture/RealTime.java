// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * How code can wait until real time has passed, instead of waiting for what is to happen. A limit on a wait for something else, as
 * of a latch, is none of it.
 */
final class RealTime {
    private static final Map<String, Set<String>> PAUSES = Map.of(
            "java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil"),
            "java.util.concurrent.TimeUnit", Set.of("timedWait"),
            "java.util.concurrent.CompletableFuture", Set.of("orTimeout", "completeOnTimeout", "delayedExecutor"));

    private RealTime() {}

    /** Never, and nowhere. */
    static ArchCondition<JavaClass> notSleep() {
        return new Avoid("not sleep, nor look again and again", RealTime::isSleep, "awaitility");
    }

    /** Only where there is no other way. */
    static ArchCondition<JavaClass> notPause() {
        return new Avoid("not pause for real time", RealTime::isPause, "");
    }

    private static boolean isSleep(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        return access.getName().equals("sleep")
                && (owner.isAssignableTo(Thread.class) || owner.getName().equals("java.util.concurrent.TimeUnit"));
    }

    private static boolean isPause(JavaAccess<?> access) {
        String method = access.getName();
        return PAUSES.getOrDefault(access.getTargetOwner().getName(), Set.of()).contains(method)
                || method.equals("wait") && access.getDescription().contains("java.lang.Object.wait(long");
    }

    private static final class Avoid extends ArchCondition<JavaClass> {
        private final Predicate<JavaAccess<?>> forbidden;
        private final String forbiddenPackage;

        Avoid(String description, Predicate<JavaAccess<?>> forbidden, String forbiddenPackage) {
            super(description);
            this.forbidden = forbidden;
            this.forbiddenPackage = forbiddenPackage;
        }

        @Override
        public void check(JavaClass item, ConditionEvents events) {
            Stream<String> calls = Stream.<JavaAccess<?>>concat(
                            item.getCodeUnitCallsFromSelf().stream(), item.getCodeUnitReferencesFromSelf().stream())
                    .filter(forbidden)
                    .map(JavaAccess::getDescription);
            Stream<String> types = item.getDirectDependenciesFromSelf().stream()
                    .filter(dependency ->
                            isForbidden(dependency.getTargetClass().getPackageName()))
                    .map(Dependency::getDescription);
            Stream.concat(calls, types)
                    .distinct()
                    .forEach(message -> events.add(SimpleConditionEvent.violated(item, message)));
        }

        private boolean isForbidden(String packageName) {
            return !forbiddenPackage.isEmpty() && packageName.endsWith("." + forbiddenPackage);
        }
    }
}
