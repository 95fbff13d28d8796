// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Who is here: the sessions of this node and the users behind them. Every answer is a snapshot. Thread-safe. */
public interface Online {
    /**
     * One session.
     *
     * @param clientId the client's id
     * @param user who it is, if anybody
     * @param address the peer's IP address
     * @param agent the handshake's {@code User-Agent}
     * @param connectedAt when it began
     * @param lastSeenAt when anything was last received
     */
    record Device(
            String clientId,
            Optional<User> user,
            Optional<String> address,
            Optional<String> agent,
            Instant connectedAt,
            Instant lastSeenAt) {}

    /**
     * One user with all devices.
     *
     * @param user as admitted with the first of them
     * @param devices at least one, in the order of connecting
     */
    record OnlineUser(User user, List<Device> devices) {
        /** Since when the user is here. */
        public Instant since() {
            return devices.get(0).connectedAt();
        }

        /** When anything was last received from any device. */
        public Instant lastSeenAt() {
            return devices.stream()
                    .map(Device::lastSeenAt)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /**
     * A part of a list.
     *
     * @param items at most {@code size}
     * @param number counted from 1
     * @param size how many items a page has
     * @param total how many items the whole list has
     */
    record Page<T>(List<T> items, int number, int size, int total) {}

    /** A list to be filtered, sorted and paged. Immutable: each call returns another one. */
    interface Listing<T> {
        /** Those for which the predicate holds. */
        Listing<T> where(Predicate<? super T> predicate);

        /** In another order than that of connecting. */
        Listing<T> sortedBy(Comparator<? super T> order);

        /** All of them. */
        List<T> list();

        /**
         * Some of them.
         *
         * @param number from 1; beyond the end a page is empty
         * @param size 1–1,000
         * @throws IllegalArgumentException if either is out of range
         */
        Page<T> page(int number, int size);

        /** How many there are. */
        int count();
    }

    /** The users, in the order of their first device's connecting. */
    Listing<OnlineUser> users();

    /** The sessions, those of anonymous clients too, in the order of connecting. */
    Listing<Device> devices();

    /** All users. */
    default List<OnlineUser> list() {
        return users().list();
    }

    /** One user, if here. */
    Optional<OnlineUser> user(String userId);

    /** Whether a user has a session. */
    boolean isOnline(String userId);
}
