// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the tests of the engine stand on: time in their hands, and connections that do what they are told. */
@NullMarked
package io.hubwire.internal.testing;

import org.jspecify.annotations.NullMarked;
