// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What travels between a hub and its clients: values without behaviour of their own.
 *
 * <p>{@link io.hubwire.protocol.Envelope} is one message, {@link io.hubwire.protocol.Payload} its body before it is bound
 * to a class, {@link io.hubwire.protocol.ErrorCode} a failure that a client may see, and
 * {@link io.hubwire.protocol.CloseReason} the end of a session with the advice that it carries.
 */
@NullMarked
package io.hubwire.protocol;

import org.jspecify.annotations.NullMarked;
