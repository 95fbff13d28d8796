// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.testing;

import io.hubwire.Admission;
import io.hubwire.Client;
import io.hubwire.Hub;
import io.hubwire.HubBuilder;
import io.hubwire.Online.Device;
import io.hubwire.spi.ConnectionHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A started hub in manual time whose users are named by their tokens. For one thread. */
public final class Lobby {
    private final ManualRuntime runtime = new ManualRuntime();
    private final Hub hub;

    /** Somebody who came in. */
    public record Visitor(Client client, RecordingConnection connection, ConnectionHandler handler) {
        /** What was sent to this visitor, without timestamps. */
        public List<String> received() {
            return connection.sent().stream()
                    .map(text -> text.replaceFirst(",\"timestamp\":\\d+", ""))
                    .toList();
        }
    }

    private Lobby(UnaryOperator<HubBuilder> settings) {
        HubBuilder builder = Hub.builder()
                .runtime(runtime)
                .authenticator(
                        handshake -> handshake.token().map(Admission::asUser).orElseGet(Admission::anonymous));
        this.hub = settings.apply(builder).build();
        hub.start();
    }

    /** With these settings. */
    public static Lobby with(UnaryOperator<HubBuilder> settings) {
        return new Lobby(settings);
    }

    /** A device of a user whose connection takes everything at once; its callbacks have run. */
    public Visitor enter(String userId) {
        return enter(userId, RecordingConnection.inline());
    }

    /** A device of a user; its callbacks have run. */
    public Visitor enter(String userId, RecordingConnection connection) {
        Visitor visitor = open(BareHandshake.of(userId), connection);
        runtime.runAll();
        return visitor;
    }

    /** A device of nobody in particular; its callbacks have run. */
    public Visitor enterAnonymously() {
        Visitor visitor = open(BareHandshake.anonymous(), RecordingConnection.inline());
        runtime.runAll();
        return visitor;
    }

    /** A device that has just opened; none of its callbacks has run. */
    public Visitor open(BareHandshake handshake, RecordingConnection connection) {
        ConnectionHandler handler = Door.open(hub, handshake, connection);
        List<Device> devices = hub.online().devices().list();
        Optional<Client> client = hub.find(devices.get(devices.size() - 1).clientId());
        return new Visitor(client.orElseThrow(), connection, handler);
    }

    /** Lets time pass. */
    public void advance(Duration duration) {
        runtime.advance(duration);
    }

    /** Runs what waits. */
    public void settle() {
        runtime.runAll();
    }

    /** The hub. */
    public Hub hub() {
        return hub;
    }

    /** Its time and threads. */
    public ManualRuntime runtime() {
        return runtime;
    }
}
