// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Web applications as folders, with their classes and libraries inside, deployed as a container deploys a WAR: it finds
 * initializers and listeners by itself. What a container's module provides is a
 * {@link io.hubwire.containers.servlet.war.WarStarter}.
 */
@NullMarked
package io.hubwire.containers.servlet.war;

import org.jspecify.annotations.NullMarked;
