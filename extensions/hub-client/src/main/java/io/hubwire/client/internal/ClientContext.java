// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

/** What all parts of one client share. */
record ClientContext(ClientSettings settings, ClientRuntime runtime, Lane lane, Dispatch dispatch, Wire wire) {
    LaneTimer timer() {
        return new LaneTimer(runtime, lane);
    }
}
