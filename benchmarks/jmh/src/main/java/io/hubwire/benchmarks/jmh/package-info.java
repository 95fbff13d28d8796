// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the core's own parts cost, measured through its API and SPI with connections that take everything at once. */
@NullMarked
package io.hubwire.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
