// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The testkit's conformance scenarios on the container of the class path, through a client that is not ours. */
@NullMarked
package io.hubwire.containers.conformance;

import org.jspecify.annotations.NullMarked;
