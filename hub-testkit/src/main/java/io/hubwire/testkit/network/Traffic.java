// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.util.concurrent.atomic.AtomicLong;

/** What went through, in bytes. Thread-safe. */
record Traffic(AtomicLong toServer, AtomicLong toClient) {
    Traffic() {
        this(new AtomicLong(), new AtomicLong());
    }

    AtomicLong of(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }
}
