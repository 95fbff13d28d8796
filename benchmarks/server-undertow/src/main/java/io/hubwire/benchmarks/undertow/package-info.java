// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The load generator's server on Undertow. */
@NullMarked
package io.hubwire.benchmarks.undertow;

import org.jspecify.annotations.NullMarked;
