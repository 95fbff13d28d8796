// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.session;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

class Clocks {
    long nanos() {
        return System.nanoTime();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    LongSupplier reference() {
        return System::nanoTime;
    }

    Instant instant() {
        return Instant.now();
    }

    Clock clock() {
        return Clock.systemUTC();
    }
}
