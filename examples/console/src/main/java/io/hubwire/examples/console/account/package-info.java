// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Who may sign in, and the tokens that prove it. */
@NullMarked
package io.hubwire.examples.console.account;

import org.jspecify.annotations.NullMarked;
