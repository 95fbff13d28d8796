// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A client of the hubwire.v1 profile that uses nothing of ours: written from {@code docs/protocol.md} alone. */
@NullMarked
package io.hubwire.examples.plainclient;

import org.jspecify.annotations.NullMarked;
