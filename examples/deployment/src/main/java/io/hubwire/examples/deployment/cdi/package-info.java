// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A WAR whose hub and handlers are CDI beans. */
@NullMarked
package io.hubwire.examples.deployment.cdi;

import org.jspecify.annotations.NullMarked;
