// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Undertow, inside a test. */
@NullMarked
package io.hubwire.containers.undertow;

import org.jspecify.annotations.NullMarked;
