// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** Web applications that Tomcat lets go of. */
@NullMarked
package io.hubwire.containers.servlet.war;

import org.jspecify.annotations.NullMarked;
