// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The seam between the application and whatever serves HTTP: a call in, an answer out. */
@NullMarked
package io.hubwire.examples.console.http;

import org.jspecify.annotations.NullMarked;
