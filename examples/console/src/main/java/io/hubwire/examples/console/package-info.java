// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A small real application on a hub: sign in, machine monitor, who is online, rooms and notices. */
@NullMarked
package io.hubwire.examples.console;

import org.jspecify.annotations.NullMarked;
