// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the console answers over HTTP. */
@NullMarked
package io.hubwire.examples.console.api;

import org.jspecify.annotations.NullMarked;
