// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the passing of time does to a client. */
@NullMarked
package io.hubwire.internal.liveness;

import org.jspecify.annotations.NullMarked;
