// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.protocol.CloseReason;
import io.hubwire.spi.HubObserver;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A whole hub behind a transport, and what it says of its clients. Thread-safe. */
final class RealHub implements HubObserver, AutoCloseable {
    private static final String WHO = "hub";

    private final TrialLog log;
    private final Hub hub;
    private final List<CloseReason> ends = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> clients = new CopyOnWriteArrayList<>();

    RealHub(TrialLog log, UnaryOperator<HubBuilder> settings) {
        this.log = log;
        this.hub = settings.apply(Hub.builder()).observer(this).build();
        hub.start();
    }

    Hub hub() {
        return hub;
    }

    @Override
    public void clientConnected(String client) {
        clients.add(client);
        log.add(WHO, "a client connected");
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        ends.add(reason);
        log.add(WHO, "a client's session ended: " + reason.code() + " '" + reason.text() + "'");
    }

    @Override
    public void received(String client, String event, boolean known) {
        events.add(event);
        log.add(WHO, "received event " + event);
    }

    int clientCount() {
        return clients.size();
    }

    List<CloseReason> ends() {
        return List.copyOf(ends);
    }

    List<String> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        hub.close();
    }
}
