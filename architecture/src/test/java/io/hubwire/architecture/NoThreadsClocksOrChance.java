// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.architecture;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Nothing here starts a thread, reads a clock, waits for one or rolls dice: a test that owns the runtime owns all of it. */
final class NoThreadsClocksOrChance extends ArchCondition<JavaClass> {
    private static final Set<String> TYPES = Set.of(
            "java.lang.Thread",
            "java.util.Timer",
            "java.util.TimerTask",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.ScheduledExecutorService",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.ForkJoinPool",
            "java.util.concurrent.ThreadLocalRandom");

    private static final Set<String> METHODS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Math.random",
            "java.lang.Object.wait",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.CompletableFuture.orTimeout",
            "java.util.concurrent.CompletableFuture.completeOnTimeout",
            "java.util.concurrent.CompletableFuture.delayedExecutor");

    NoThreadsClocksOrChance() {
        super("leave threads, clocks, timers and randomness to the runtime");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        Stream<String> types = item.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> TYPES.contains(
                        dependency.getTargetClass().getBaseComponentType().getName()))
                .map(Dependency::getDescription);
        Stream<String> calls = Stream.<JavaAccess<?>>concat(
                        item.getCodeUnitCallsFromSelf().stream(), item.getCodeUnitReferencesFromSelf().stream())
                .filter(NoThreadsClocksOrChance::isForbidden)
                .map(JavaAccess::getDescription);
        Stream.concat(types, calls)
                .distinct()
                .forEach(message -> events.add(SimpleConditionEvent.violated(item, message)));
    }

    private static boolean isForbidden(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String method = access.getName();
        return METHODS.contains(owner.getName() + "." + method)
                || owner.getPackageName().equals("java.time")
                        && (method.equals("now") || method.startsWith("system") || method.startsWith("tick"))
                || isAsyncWithoutExecutor(access)
                || isParallel(owner, method);
    }

    private static boolean isAsyncWithoutExecutor(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo("java.util.concurrent.CompletionStage")
                && access.getName().endsWith("Async")
                && parameters(access).stream().noneMatch("java.util.concurrent.Executor"::equals);
    }

    private static List<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }

    private static boolean isParallel(JavaClass owner, String method) {
        return method.equals("parallelStream")
                || method.equals("parallel") && owner.isAssignableTo("java.util.stream.BaseStream")
                || method.startsWith("parallel") && owner.getName().equals("java.util.Arrays");
    }
}
