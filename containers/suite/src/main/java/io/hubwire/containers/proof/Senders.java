// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.containers.proof;

import static io.hubwire.containers.OwnThread.OWN_THREAD;

import io.hubwire.Audience;
import io.hubwire.Hub;
import io.hubwire.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/**
 * Sends numbered messages by every path at once, as fast as the guests take them: one thread to single guests, one to all and to groups,
 * one task on the hub's timers. Each path has one sender, so that its messages have an order.
 */
final class Senders implements AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(20);

    private final Hub hub;
    private final List<Guest> guests;
    private final Map<String, List<Guest>> rooms;
    private final int window;
    private final Duration patience;
    private final boolean mayOverrun;
    private volatile boolean isOver;

    /**
     * Senders that have so many messages on their way to each guest.
     *
     * @param mayOverrun whether they go on when a guest does not keep up for as long as the patience lasts, or fail
     */
    Senders(Hub hub, List<Guest> guests, int window, Duration patience, boolean mayOverrun) {
        this.hub = hub;
        this.guests = guests;
        this.rooms = guests.stream().collect(Collectors.groupingBy(Guest::room));
        this.window = window;
        this.patience = patience;
        this.mayOverrun = mayOverrun;
    }

    /** Completes when all have stopped, with the failure of one that failed. */
    CompletableFuture<Void> start() {
        Timers.Task task = hub.timers().every(TICK, this::sendAtTick);
        return CompletableFuture.allOf(
                        CompletableFuture.runAsync(this::sendToSome, OWN_THREAD),
                        CompletableFuture.runAsync(this::sendToMany, OWN_THREAD))
                .whenComplete((done, failure) -> end(task));
    }

    /** A tick that has begun is through then: it would send behind {@link #sendOnceMore} what has an earlier number. */
    private synchronized void end(Timers.Task task) {
        isOver = true;
        task.cancel();
    }

    @Override
    public void close() {
        isOver = true;
    }

    private void sendToSome() {
        while (!isOver) {
            for (Guest guest : guests) {
                awaitRoom(List.of(guest));
                send(Path.DIRECT, List.of(guest), hub.client(guest.id()));
                send(Path.USER, List.of(guest), hub.user(guest.user()));
            }
        }
    }

    private void sendToMany() {
        while (!isOver) {
            awaitRoom(guests);
            toAll(Path.BROADCAST);
            rooms.forEach((room, members) -> send(Path.GROUP, members, hub.group(room)));
        }
    }

    private synchronized void sendAtTick() {
        if (!isOver && guests.stream().allMatch(guest -> guest.hasRoom(window))) {
            toAll(Path.SCHEDULED);
        }
    }

    private void toAll(Path path) {
        send(path, guests, hub.all());
    }

    /** One more message by each path, behind those that a guest may have lost at the end. */
    void sendOnceMore() {
        guests.forEach(guest -> {
            send(Path.DIRECT, List.of(guest), hub.client(guest.id()));
            send(Path.USER, List.of(guest), hub.user(guest.user()));
            guest.say();
        });
        toAll(Path.BROADCAST);
        toAll(Path.SCHEDULED);
        rooms.forEach((room, members) -> send(Path.GROUP, members, hub.group(room)));
    }

    private static void send(Path path, List<Guest> recipients, Audience audience) {
        long number = 0;
        for (Guest guest : recipients) {
            number = guest.nextSent(path);
        }
        audience.send(Note.TYPE, Note.of(path.word(), number));
    }

    private void awaitRoom(List<Guest> recipients) {
        for (Guest guest : recipients) {
            try {
                if (!guest.awaitRoom(window, patience) && !mayOverrun) {
                    throw new IllegalStateException(guest.user() + " takes no messages any more");
                }
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        }
    }
}
