// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Two small applications, to be tested. */
@NullMarked
package io.hubwire.examples.testing;

import org.jspecify.annotations.NullMarked;
