// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client;

/**
 * The hub has taken this client out of a group, or did not let it in again. Immutable.
 *
 * @param group its name; the client does not join it again on its own
 * @param reason a word of the hub or an error's text; empty if it happened while the connection was broken
 */
public record GroupLeft(String group, String reason) {}
