// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.servlet.war.witness;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.ref.WeakReference;

/** Tells which class loader the application has, without keeping it: through what all class loaders share. */
@WebListener
public final class LoaderWitness implements ServletContextListener {
    /** The name of the system property that holds the weak reference. */
    public static final String PROPERTY = "hubwire.application.loader";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        System.getProperties().put(PROPERTY, new WeakReference<>(LoaderWitness.class.getClassLoader()));
    }
}
