// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

/** Something in the application threw what no client is told. Immutable. */
record HandlerFailure(String client, String event, String incident, Throwable cause) {
    @Override
    public String toString() {
        return "handler of '" + event + "' (client " + client + ") threw " + cause;
    }
}
