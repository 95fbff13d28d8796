// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.js;

import io.hubwire.Client;
import io.hubwire.EventType;
import io.hubwire.Hub;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Sends numbered messages while it is on: to each client, to a group and to all, each a stream. Thread-safe. */
final class Ticker {
    /** One message of a stream. */
    record Note(String stream, long number) {}

    static final EventType<Note> NOTE = EventType.of("note", Note.class);

    private static final Duration PERIOD = Duration.ofMillis(10);

    private final LineFile record;
    private final String name;
    private final String room;
    private final Map<String, Long> numbers = new HashMap<>();
    private boolean isOn;

    Ticker(LineFile record, String name, String room) {
        this.record = record;
        this.name = name;
        this.room = room;
    }

    void tickFor(Hub hub) {
        hub.timers().every(PERIOD, () -> tick(hub));
    }

    /** When this returns, nothing more comes or the first message is still to come. Returns what was asked for. */
    synchronized boolean turn(boolean on) {
        isOn = on;
        return on;
    }

    private synchronized void tick(Hub hub) {
        if (!isOn) {
            return;
        }
        for (Client client : hub.all().clients()) {
            client.send(NOTE, next("to-" + client.id()));
        }
        hub.group(room).send(NOTE, next("room"));
        hub.all().send(NOTE, next("all"));
    }

    private Note next(String stream) {
        long number = numbers.merge(stream, 1L, Long::sum);
        record.write("sent " + name + '/' + stream + ' ' + number);
        return new Note(name + '/' + stream, number);
    }
}
