// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A WAR whose listener deploys the hub. */
@NullMarked
package io.hubwire.examples.deployment.listener;

import org.jspecify.annotations.NullMarked;
