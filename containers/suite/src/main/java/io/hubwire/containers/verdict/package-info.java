// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What becomes of every kind of frame: the same on every container. */
@NullMarked
package io.hubwire.containers.verdict;

import org.jspecify.annotations.NullMarked;
