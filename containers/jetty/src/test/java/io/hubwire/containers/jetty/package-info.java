// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Jetty, inside a test. */
@NullMarked
package io.hubwire.containers.jetty;

import org.jspecify.annotations.NullMarked;
