// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A hub for each JUnit test: {@link io.hubwire.testkit.junit.HubTest} on the class, {@link
 * io.hubwire.testkit.junit.HubSetup} on the application's wiring, the hub and its clients as parameters.
 *
 * <p>The rest of the kit does not need JUnit.
 */
@NullMarked
package io.hubwire.testkit.junit;

import org.jspecify.annotations.NullMarked;
