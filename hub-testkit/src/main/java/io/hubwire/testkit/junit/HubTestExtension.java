// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import io.hubwire.Hub;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import io.hubwire.testkit.VirtualTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** What {@link HubTest} does. All state hangs on the test's context, so that tests may run side by side. */
final class HubTestExtension
        implements ParameterResolver,
                BeforeEachCallback,
                AfterTestExecutionCallback,
                AfterEachCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private static final Set<Class<?>> OF_HUB = Set.of(TestHub.class, Hub.class, VirtualTime.class);
    private static final Set<Class<?>> OF_CLIENT = Set.of(TestClient.class, TestClientBuilder.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        HubOfTest hub = new HubOfTest(Enclosing.optionsOf(context), Setup.of(context), TranscriptFile.of(context));
        store(context).put(HubOfTest.class, hub);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return OF_HUB.contains(type) || OF_CLIENT.contains(type) || parameter.isAnnotated(As.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        HubOfTest test = hubOf(context)
                .orElseThrow(
                        () -> new ParameterResolutionException("a hub lives as long as one test: only test methods,"
                                + " @BeforeEach and @AfterEach methods have it as a parameter"));
        return valueOf(parameter, test);
    }

    private static Object valueOf(ParameterContext parameter, HubOfTest test) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TestHub.class) {
            return test.hub();
        } else if (type == Hub.class) {
            return test.hub().hub();
        } else if (type == VirtualTime.class) {
            return test.hub().time();
        } else {
            return clientOf(parameter, test);
        }
    }

    private static Object clientOf(ParameterContext parameter, HubOfTest test) {
        Class<?> type = parameter.getParameter().getType();
        As as = parameter
                .findAnnotation(As.class)
                .orElseThrow(() -> new ParameterResolutionException("say whose client it is: @As(\"ann\")"));
        if (!OF_CLIENT.contains(type)) {
            throw new ParameterResolutionException(
                    "@As stands on a TestClient or a TestClientBuilder, not on a " + type.getName());
        }
        return type == TestClient.class ? test.device(as, deviceNumber(parameter, as)) : test.client(as);
    }

    /** How many parameters of this method before this one are devices of the same user. */
    private static int deviceNumber(ParameterContext parameter, As as) {
        return (int) Arrays.stream(parameter.getDeclaringExecutable().getParameters())
                .limit(parameter.getIndex())
                .filter(other -> other.getType() == TestClient.class)
                .flatMap(other -> Arrays.stream(other.getAnnotationsByType(As.class)))
                .filter(other -> other.value().equals(as.value()))
                .count();
    }

    /** A test that has failed is left alone: its own failure says more. */
    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            hubOf(context).ifPresent(HubOfTest::checkLeftovers);
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTranscript(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTranscript(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw withTranscript(context, failure);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        hubOf(context).ifPresent(HubOfTest::close);
    }

    private static Throwable withTranscript(ExtensionContext context, Throwable failure) {
        if (failure instanceof TestAbortedException) {
            return failure;
        }
        if (failure instanceof ParameterResolutionException && failure.getCause() instanceof TestAbortedException) {
            return failure.getCause(); // the assumption of a setup, which runs when a parameter asks for the hub
        }
        hubOf(context).ifPresent(test -> test.addTranscriptTo(failure));
        return failure;
    }

    private static Optional<HubOfTest> hubOf(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(HubOfTest.class, HubOfTest.class));
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(Namespace.create(HubTestExtension.class));
    }
}
