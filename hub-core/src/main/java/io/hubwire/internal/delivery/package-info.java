// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** How one message reaches many. */
@NullMarked
package io.hubwire.internal.delivery;

import org.jspecify.annotations.NullMarked;
