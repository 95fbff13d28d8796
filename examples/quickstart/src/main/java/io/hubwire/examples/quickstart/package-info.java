// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The smallest whole program: a hub on embedded Tomcat, and a page that talks to it. */
@NullMarked
package io.hubwire.examples.quickstart;

import org.jspecify.annotations.NullMarked;
