// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.Online;
import io.hubwire.internal.directory.ClientDirectory;
import io.hubwire.internal.session.ClientSession;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory as lists for people to read. Thread-safe. */
final class DefaultOnline implements Online {
    private static final int MAX_PAGE_SIZE = 1_000;
    private static final Comparator<ClientSession> BY_COMING = Comparator.comparingLong(ClientSession::serial);

    private final ClientDirectory<ClientSession> clients;

    DefaultOnline(ClientDirectory<ClientSession> clients) {
        this.clients = clients;
    }

    @Override
    public Listing<OnlineUser> users() {
        return new Snapshots<>(
                () -> clients.users().stream()
                        .filter(devices -> !devices.isEmpty())
                        .sorted(Comparator.comparing((List<ClientSession> devices) -> devices.get(0), BY_COMING))
                        .flatMap(devices -> userOf(devices).stream()),
                null);
    }

    @Override
    public Listing<Device> devices() {
        return new Snapshots<>(() -> clients.all().stream().sorted(BY_COMING).map(DefaultOnline::deviceOf), null);
    }

    @Override
    public Optional<OnlineUser> user(String userId) {
        return userOf(clients.ofUser(userId));
    }

    @Override
    public boolean isOnline(String userId) {
        return !clients.ofUser(userId).isEmpty();
    }

    private static Optional<OnlineUser> userOf(List<ClientSession> devices) {
        return devices.stream()
                .findFirst()
                .flatMap(ClientSession::user)
                .map(user -> new OnlineUser(
                        user, devices.stream().map(DefaultOnline::deviceOf).toList()));
    }

    private static Device deviceOf(ClientSession session) {
        return new Device(
                session.id(),
                session.user(),
                session.remoteAddress(),
                session.userAgent(),
                session.connectedAt(),
                session.lastSeenAt());
    }

    /** A listing that looks again at each question. */
    private record Snapshots<T>(
            Supplier<Stream<T>> source, @Nullable Comparator<? super T> order) implements Listing<T> {
        @Override
        public Listing<T> where(Predicate<? super T> predicate) {
            return new Snapshots<>(() -> source.get().filter(predicate), order);
        }

        @Override
        public Listing<T> sortedBy(Comparator<? super T> newOrder) {
            return new Snapshots<>(source, newOrder);
        }

        @Override
        public List<T> list() {
            Stream<T> items = source.get();
            return order == null ? items.toList() : items.sorted(order).toList();
        }

        @Override
        public Page<T> page(int number, int size) {
            if (number < 1) {
                throw new IllegalArgumentException("page number is " + number + ", allowed is 1 or more");
            }
            if (size < 1 || size > MAX_PAGE_SIZE) {
                throw new IllegalArgumentException("page size is " + size + ", allowed is 1 to " + MAX_PAGE_SIZE);
            }
            List<T> all = list();
            List<T> items =
                    all.stream().skip((long) (number - 1) * size).limit(size).toList();
            return new Page<>(items, number, size, all.size());
        }

        @Override
        public int count() {
            return (int) source.get().count();
        }
    }
}
