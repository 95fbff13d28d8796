// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A server for a load generator, written as any application is: {@code java -cp 'lib/*' io.hubwire.benchmarks.BenchServer PORT}. */
@NullMarked
package io.hubwire.benchmarks;

import org.jspecify.annotations.NullMarked;
