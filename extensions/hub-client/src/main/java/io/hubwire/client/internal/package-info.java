// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The engine of a client. What happens to one client happens in its {@link io.hubwire.client.internal.Lane}, one thing at a time and
 * without locks; foreign code is called from its {@link io.hubwire.client.internal.Dispatch} and nowhere else.
 */
@NullMarked
package io.hubwire.client.internal;

import org.jspecify.annotations.NullMarked;
