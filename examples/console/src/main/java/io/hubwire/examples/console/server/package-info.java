// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Serving the console, whatever the container. */
@NullMarked
package io.hubwire.examples.console.server;

import org.jspecify.annotations.NullMarked;
