// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The console on embedded Undertow. */
@NullMarked
package io.hubwire.examples.console.undertow;

import org.jspecify.annotations.NullMarked;
