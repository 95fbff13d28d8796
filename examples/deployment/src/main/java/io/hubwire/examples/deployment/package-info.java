// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** One hub module, and in the packages below the ways to deploy it. */
@NullMarked
package io.hubwire.examples.deployment;

import org.jspecify.annotations.NullMarked;
