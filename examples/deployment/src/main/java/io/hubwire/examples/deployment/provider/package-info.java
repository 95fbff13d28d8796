// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A WAR that says which hubs it has and leaves the rest to the container. */
@NullMarked
package io.hubwire.examples.deployment.provider;

import org.jspecify.annotations.NullMarked;
