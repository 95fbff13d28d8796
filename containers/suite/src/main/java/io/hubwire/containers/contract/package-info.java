// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The transport contract on the container of the class path. */
@NullMarked
package io.hubwire.containers.contract;

import org.jspecify.annotations.NullMarked;
