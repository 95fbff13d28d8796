// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Sessions that outlive their connections, many at a time and of both profiles, over real sockets. */
@NullMarked
package io.hubwire.containers.sessions;

import org.jspecify.annotations.NullMarked;
