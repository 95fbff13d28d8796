// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the {@code hubwire.v1} profile promises, on a real container, with the Java client as its users have it, over connections that are
 * cut at random bytes.
 *
 * <p>On every container a small version runs; {@code -Dhubwire.proof} asks for the whole of it. Figures are printed, promises are asserted.
 */
@NullMarked
package io.hubwire.containers.proof;

import org.jspecify.annotations.NullMarked;
