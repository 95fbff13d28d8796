// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The load generator's server on Jetty. */
@NullMarked
package io.hubwire.benchmarks.jetty;

import org.jspecify.annotations.NullMarked;
