// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The JavaScript client in a real browser, against a real hub. */
@NullMarked
package io.hubwire.js;

import org.jspecify.annotations.NullMarked;
