// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What holds under load and under faults, on a real container with real sockets: isolation, memory, order, the end of a hub.
 *
 * <p>Figures are printed, promises are asserted. Server and clients share one JVM and its processors.
 */
@NullMarked
package io.hubwire.containers.load;

import org.jspecify.annotations.NullMarked;
