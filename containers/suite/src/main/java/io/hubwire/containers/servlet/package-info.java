// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Tests that need the Servlet API: left out where a container has none. */
@NullMarked
package io.hubwire.containers.servlet;

import org.jspecify.annotations.NullMarked;
