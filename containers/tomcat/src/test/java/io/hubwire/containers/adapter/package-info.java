// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** What the adapter does on Tomcat alone. */
@NullMarked
package io.hubwire.containers.adapter;

import org.jspecify.annotations.NullMarked;
