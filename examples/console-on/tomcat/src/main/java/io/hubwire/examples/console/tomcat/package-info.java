// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The console on embedded Tomcat. */
@NullMarked
package io.hubwire.examples.console.tomcat;

import org.jspecify.annotations.NullMarked;
