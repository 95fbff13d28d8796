// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The console on Tyrus, without servlets: Grizzly answers what is not the hub's. */
@NullMarked
package io.hubwire.examples.console.tyrus;

import org.jspecify.annotations.NullMarked;
