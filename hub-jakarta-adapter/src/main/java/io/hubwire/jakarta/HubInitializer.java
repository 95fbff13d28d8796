// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deploys what an application's {@link HubProvider}s give, and does nothing in an application without any. Thread-safe.
 *
 * <p>Containers find it in this jar when they deploy a WAR. A program that starts its container in code, where nobody
 * looks into jars, adds it as it adds any initializer. Its place among other initializers does not matter: the
 * container's WebSocket support is looked for later, when all have run.
 */
public final class HubInitializer implements ServletContainerInitializer {
    /** Made by the container, or by the program that starts one. */
    public HubInitializer() {}

    /**
     * Looks for providers with the application's class loader, and deploys what they give.
     *
     * @param classes of no use here
     * @throws ServletException if a provider cannot be made, throws, or gives something that cannot be deployed; the
     *     message names it, and no hub is left running
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        List<HubDeployment> deployed = new ArrayList<>();
        try {
            for (ServiceLoader.Provider<HubProvider> provider : providers(context)) {
                deploy(provider, context, deployed);
            }
        } catch (ServletException | ServiceConfigurationError e) {
            deployed.forEach(deployment -> deployment.hub().close());
            throw e instanceof ServletException named ? named : failure("a hub provider cannot be used", e);
        }
    }

    private static List<ServiceLoader.Provider<HubProvider>> providers(ServletContext context) {
        return ServiceLoader.load(HubProvider.class, context.getClassLoader()).stream()
                .toList();
    }

    private static void deploy(
            ServiceLoader.Provider<HubProvider> provider, ServletContext context, List<HubDeployment> deployed)
            throws ServletException {
        try {
            Collection<HubEndpoint> endpoints = provider.get().endpoints(context);
            for (HubEndpoint endpoint : Objects.requireNonNull(endpoints, "it gave null instead of endpoints")) {
                deployed.add(endpoint.deployTo(context));
            }
        } catch (RuntimeException | LinkageError | ServiceConfigurationError e) {
            throw failure("hub provider " + provider.type().getName() + " failed", e);
        }
    }

    private static ServletException failure(String what, Throwable cause) {
        return new ServletException(what + ": " + cause.getMessage(), cause);
    }
}
