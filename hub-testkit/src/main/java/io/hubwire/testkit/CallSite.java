// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.security.CodeSource;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the line of a test that called the kit. */
final class CallSite {
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final Set<String> TOOLS = Set.of("org.assertj.", "org.opentest4j.", "java.", "jdk.");

    private CallSite() {}

    /** The calls of the current thread, from the test's own line on. */
    static StackTraceElement[] stackTrace() {
        return WALKER.walk(frames -> frames.dropWhile(frame -> isOfKit(frame.getDeclaringClass()))
                .map(StackWalker.StackFrame::toStackTraceElement)
                .toArray(StackTraceElement[]::new));
    }

    /** Tests may live in the kit's packages; they do not come from its jar. */
    private static boolean isOfKit(Class<?> type) {
        String name = type.getName();
        boolean isOurs = name.startsWith(CallSite.class.getPackageName() + ".")
                && Objects.equals(sourceOf(type), sourceOf(CallSite.class));
        return isOurs || TOOLS.stream().anyMatch(name::startsWith);
    }

    private static @Nullable CodeSource sourceOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }
}
