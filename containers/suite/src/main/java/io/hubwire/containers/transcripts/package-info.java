// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The protocol's golden transcripts over real sockets. */
@NullMarked
package io.hubwire.containers.transcripts;

import org.jspecify.annotations.NullMarked;
