// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Runs the tests of {@link ContainerStarter#knownGaps} like all others, but wants them to fail: they are shown as
 * skipped then, with the reason, and fail as soon as they pass.
 */
public final class KnownGaps implements InvocationInterceptor {
    @Override
    public void interceptTestMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        run(test, call);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> test, ReflectiveInvocationContext<Method> call, ExtensionContext context)
            throws Throwable {
        run(test, call);
    }

    private static void run(Invocation<Void> test, ReflectiveInvocationContext<Method> call) throws Throwable {
        String name = call.getTargetClass().getSimpleName() + "."
                + call.getExecutable().getName();
        String reason = Server.STARTER.knownGaps().get(name);
        if (reason == null) {
            test.proceed();
        } else {
            mustFail(test, name, reason);
        }
    }

    private static void mustFail(Invocation<Void> test, String name, String reason) throws Throwable {
        try {
            test.proceed();
        } catch (Exception | AssertionError e) {
            System.out.printf("known gap of %s: %s: %s (%s)%n", Server.STARTER.name(), name, reason, e);
            throw new TestAbortedException("known gap: " + reason);
        }
        throw new AssertionError("healed: take " + name + " off the known gaps of " + Server.STARTER.name());
    }
}
