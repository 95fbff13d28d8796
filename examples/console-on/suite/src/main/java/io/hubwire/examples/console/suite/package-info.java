// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the console does over real sockets, on every container: tests that the modules beside this one run. */
@NullMarked
package io.hubwire.examples.console.suite;

import org.jspecify.annotations.NullMarked;
