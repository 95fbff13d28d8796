// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Containers to test against, each behind the same few calls. */
@NullMarked
package io.hubwire.jakarta.container;

import org.jspecify.annotations.NullMarked;
