// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The console in a servlet container: what Tomcat, Jetty and Undertow have in common. */
@NullMarked
package io.hubwire.examples.console.servlet;

import org.jspecify.annotations.NullMarked;
