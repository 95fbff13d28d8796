// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A whole hub on a container, as its clients meet it. */
@NullMarked
package io.hubwire.containers.hub;

import org.jspecify.annotations.NullMarked;
