// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** JSON text by Jackson: the only place that knows Jackson. */
@NullMarked
package io.hubwire.codec;

import org.jspecify.annotations.NullMarked;
