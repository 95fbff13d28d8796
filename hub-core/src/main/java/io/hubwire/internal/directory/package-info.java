// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Who is where: by id, by group, by user. */
@NullMarked
package io.hubwire.internal.directory;

import org.jspecify.annotations.NullMarked;
