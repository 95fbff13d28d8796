// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Everything that exists once per client. */
@NullMarked
package io.hubwire.internal.session;

import org.jspecify.annotations.NullMarked;
