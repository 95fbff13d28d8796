// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Simulation: many random runs of an application's hub, each given by a number, against a model of what a hub promises;
 * a run that breaks a promise is made small and shown.
 */
@NullMarked
package io.hubwire.testkit.simulation;

import org.jspecify.annotations.NullMarked;
