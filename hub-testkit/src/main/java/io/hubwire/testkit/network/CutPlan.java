// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.network;

import java.util.Optional;
import java.util.SplittableRandom;

/** Where the connections through a {@link FaultProxy} are cut. User code: called on the proxy's thread, must not block. */
@FunctionalInterface
public interface CutPlan {
    /** Where this connection is cut, if at all; connections are counted from 1, in the order in which they were made. */
    Optional<Cut> of(long connection);

    /** No connection is cut. */
    static CutPlan never() {
        return connection -> Optional.empty();
    }

    /**
     * Every connection is cut, half of them while they send to the server, at any byte up to a limit, and half of them in the other
     * direction; half are reset, and half end. The same seed cuts the same connection at the same byte.
     *
     * @param mostToServer at most so many bytes go to the server before a cut in that direction; short, it falls into the handshake
     * @param mostToClient the same for the other direction
     * @throws IllegalArgumentException if a limit is negative
     */
    static CutPlan atRandom(long seed, long mostToServer, long mostToClient) {
        if (mostToServer < 0 || mostToClient < 0) {
            throw new IllegalArgumentException(
                    "cuts within " + mostToServer + " and " + mostToClient + " bytes cannot be: 0 is the first");
        }
        return connection -> {
            SplittableRandom random = new SplittableRandom(seed * 31 + connection);
            Direction direction = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
            long most = direction == Direction.TO_SERVER ? mostToServer : mostToClient;
            Cut.Manner manner = random.nextBoolean() ? Cut.Manner.RESET : Cut.Manner.END;
            return Optional.of(new Cut(direction, random.nextLong(most + 1), manner));
        };
    }
}
