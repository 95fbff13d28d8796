// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The load generator's server on Tomcat. */
@NullMarked
package io.hubwire.benchmarks.tomcat;

import org.jspecify.annotations.NullMarked;
