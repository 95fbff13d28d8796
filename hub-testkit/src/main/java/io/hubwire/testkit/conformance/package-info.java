// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Scenarios that hold wherever a hub runs: in memory, and over real sockets. Authors of transports extend
 * {@link io.hubwire.testkit.conformance.HubConformance}; it needs JUnit.
 */
@NullMarked
package io.hubwire.testkit.conformance;

import org.jspecify.annotations.NullMarked;
