// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What happens to one inbound message. */
@NullMarked
package io.hubwire.internal.routing;

import org.jspecify.annotations.NullMarked;
