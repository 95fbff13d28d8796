// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Tyrus on Grizzly, inside a test. */
@NullMarked
package io.hubwire.containers.tyrus;

import org.jspecify.annotations.NullMarked;
