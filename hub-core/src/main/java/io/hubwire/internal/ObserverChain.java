// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal;

import io.hubwire.protocol.CloseReason;
import io.hubwire.protocol.ErrorCode;
import io.hubwire.spi.Frame;
import io.hubwire.spi.HubObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Several observers as one that never throws: what one of them throws is logged once per type. Thread-safe. */
final class ObserverChain implements HubObserver {
    private static final Logger LOG = System.getLogger(HubObserver.class.getName());

    private final List<HubObserver> observers;
    private final Set<Class<?>> logged = ConcurrentHashMap.newKeySet();

    private ObserverChain(List<HubObserver> observers) {
        this.observers = List.copyOf(observers);
    }

    static HubObserver of(List<HubObserver> observers) {
        return observers.isEmpty() ? HubObserver.NONE : new ObserverChain(observers);
    }

    @Override
    public void handshakeRefused(int status) {
        tell(observer -> observer.handshakeRefused(status));
    }

    @Override
    public void clientConnected(String client) {
        tell(observer -> observer.clientConnected(client));
    }

    @Override
    public void clientDisconnected(String client, CloseReason reason) {
        tell(observer -> observer.clientDisconnected(client, reason));
    }

    @Override
    public void clientDetached(String client, CloseReason reason) {
        tell(observer -> observer.clientDetached(client, reason));
    }

    @Override
    public void clientResumed(String client) {
        tell(observer -> observer.clientResumed(client));
    }

    @Override
    public void received(String client, String event, boolean known) {
        tell(observer -> observer.received(client, event, known));
    }

    @Override
    public void failed(String client, String event, ErrorCode code) {
        tell(observer -> observer.failed(client, event, code));
    }

    @Override
    public void handlerFailed(String client, String event, String incident, Throwable failure) {
        tell(observer -> observer.handlerFailed(client, event, incident, failure));
    }

    @Override
    public void handlerUnfinished(String client, String event, CompletionStage<?> end) {
        tell(observer -> observer.handlerUnfinished(client, event, end));
    }

    @Override
    public void pushed(String client, String event, Frame frame) {
        tell(observer -> observer.pushed(client, event, frame));
    }

    @Override
    public void dropped(String client, String event, Frame frame) {
        tell(observer -> observer.dropped(client, event, frame));
    }

    @Override
    public void broadcast(String audience, String event, int accepted) {
        tell(observer -> observer.broadcast(audience, event, accepted));
    }

    private void tell(Consumer<HubObserver> call) {
        for (HubObserver observer : observers) {
            try {
                call.accept(observer);
            } catch (RuntimeException | Error failure) { // a test's observer throws errors
                if (logged.add(failure.getClass())) {
                    LOG.log(Level.ERROR, () -> "observer " + observer + " failed; told once for this type", failure);
                }
            }
        }
    }
}
