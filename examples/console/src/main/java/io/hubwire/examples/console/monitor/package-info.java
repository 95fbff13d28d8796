// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the machine is doing. */
@NullMarked
package io.hubwire.examples.console.monitor;

import org.jspecify.annotations.NullMarked;
