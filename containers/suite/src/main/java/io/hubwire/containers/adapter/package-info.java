// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** The adapter on a container, without a hub: {@link io.hubwire.containers.adapter.AcceptorOnlyHub} stands in for it. */
@NullMarked
package io.hubwire.containers.adapter;

import org.jspecify.annotations.NullMarked;
