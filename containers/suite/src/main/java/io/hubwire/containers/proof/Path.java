// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import java.util.Locale;

/** The ways by which a message gets from the hub to a client. */
enum Path {
    DIRECT,
    USER,
    GROUP,
    BROADCAST,
    REPLY,
    SCHEDULED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
