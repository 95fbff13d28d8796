// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A chat, seen from its clients. */
@NullMarked
package io.hubwire.examples.clients;

import org.jspecify.annotations.NullMarked;
