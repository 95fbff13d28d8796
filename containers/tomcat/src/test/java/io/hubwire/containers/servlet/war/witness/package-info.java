// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A part of a web application that shows its class loader to the test. */
@NullMarked
package io.hubwire.containers.servlet.war.witness;

import org.jspecify.annotations.NullMarked;
