// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The composition root: puts the engine together, and lets connections in and out of it. */
@NullMarked
package io.hubwire.internal;

import org.jspecify.annotations.NullMarked;
