// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import jakarta.servlet.ServletContext;
import java.util.Collection;

/**
 * What a web application implements so that its hubs are deployed by themselves: {@link HubInitializer} looks for it
 * while the application starts.
 *
 * <p>It is a service (see {@link java.util.ServiceLoader}): a public class with a public constructor without
 * parameters, named in {@code META-INF/services/io.hubwire.jakarta.HubProvider} of the application's classes or of a
 * library of its own; a named module says {@code provides io.hubwire.jakarta.HubProvider with …}. An application may
 * have several.
 */
@FunctionalInterface
public interface HubProvider {
    /**
     * Builds the hubs and says where each is served. Called once for each start of the application, on the thread that
     * starts it, before its listeners and servlets exist; what is returned is started, and closed when the application
     * stops. Hubs built here are isolated from each other: each has its own clients, groups and limits.
     *
     * <p>Whatever is thrown, and two endpoints on one path, fail the application's start; the hubs that were deployed
     * until then are closed.
     *
     * @param context the application, for its init parameters; more servlets and filters may be added to it
     * @return where the hubs are served; empty if none is wanted this time
     */
    Collection<HubEndpoint> endpoints(ServletContext context);
}
