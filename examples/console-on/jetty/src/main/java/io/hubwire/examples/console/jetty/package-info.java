// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The console on embedded Jetty. */
@NullMarked
package io.hubwire.examples.console.jetty;

import org.jspecify.annotations.NullMarked;
