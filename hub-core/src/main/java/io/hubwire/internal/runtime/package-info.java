// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Threads, clocks and timers: the only place with them. */
@NullMarked
package io.hubwire.internal.runtime;

import org.jspecify.annotations.NullMarked;
