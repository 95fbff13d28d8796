// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.deployment;

/** What is left in the warehouse: the service that the handlers need. Thread-safe. */
public interface Stock {
    /** How many there are; 0 of what the warehouse does not know. */
    int left(String item);
}
