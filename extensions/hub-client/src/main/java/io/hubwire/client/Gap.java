// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/**
 * Counted messages that will not come. Immutable.
 *
 * @param from the number of the first
 * @param to the number of the last
 * @param reason {@code overflow}, or another word of the hub
 */
public record Gap(long from, long to, String reason) {}
