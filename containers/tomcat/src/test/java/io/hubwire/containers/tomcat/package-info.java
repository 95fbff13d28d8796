// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Tomcat, inside a test. */
@NullMarked
package io.hubwire.containers.tomcat;

import org.jspecify.annotations.NullMarked;
