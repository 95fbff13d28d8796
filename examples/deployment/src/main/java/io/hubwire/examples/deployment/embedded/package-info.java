// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A program that starts its container in code. */
@NullMarked
package io.hubwire.examples.deployment.embedded;

import org.jspecify.annotations.NullMarked;
