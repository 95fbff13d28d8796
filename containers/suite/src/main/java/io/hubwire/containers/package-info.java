// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tests that hold on every container, and what a container's module provides to run them: a
 * {@link io.hubwire.containers.ContainerStarter}, found by {@link java.util.ServiceLoader}.
 *
 * <p>Tests in {@code io.hubwire.containers.servlet} need servlets or filters. A container without them leaves that
 * package out, and need not have the Servlet API.
 */
@NullMarked
package io.hubwire.containers;

import org.jspecify.annotations.NullMarked;
