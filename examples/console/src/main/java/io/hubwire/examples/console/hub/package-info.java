// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the console answers over its hub. */
@NullMarked
package io.hubwire.examples.console.hub;

import org.jspecify.annotations.NullMarked;
