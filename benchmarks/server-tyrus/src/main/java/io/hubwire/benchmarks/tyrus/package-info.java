// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The load generator's server on Tyrus. */
@NullMarked
package io.hubwire.benchmarks.tyrus;

import org.jspecify.annotations.NullMarked;
