// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.EventType;
import io.hubwire.client.HubMessage;
import io.hubwire.client.Subscription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The application's handlers of events. Thread-safe. */
final class EventHandlers {
    private static final Logger LOG = System.getLogger(EventHandlers.class.getName());

    private final Dispatch dispatch;
    private final Map<String, Registered> byName = new ConcurrentHashMap<>();
    private final Listeners<HubMessage> any = new Listeners<>();
    private final Listeners<HubMessage> errors = new Listeners<>();

    /** All handlers of one name. They take null for a message without a payload. */
    private record Registered(Type payloadType, Listeners<Holder> handlers) {}

    private record Holder(@Nullable Object payload) {}

    EventHandlers(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    Listeners<HubMessage> any() {
        return any;
    }

    Listeners<HubMessage> errors() {
        return errors;
    }

    <T> Subscription on(EventType<T> type, Consumer<? super T> handler) {
        return listenersOf(type).add(holder -> call(handler, holder));
    }

    <T> Subscription once(EventType<T> type, Consumer<? super T> handler) {
        return listenersOf(type).addOnce(holder -> call(handler, holder));
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // bound to the type's payload; null where there is none is the promise
    private static <T> void call(Consumer<? super T> handler, Holder holder) {
        handler.accept((T) holder.payload());
    }

    private Listeners<Holder> listenersOf(EventType<?> type) {
        Registered registered =
                byName.computeIfAbsent(type.name(), name -> new Registered(type.payloadType(), new Listeners<>()));
        if (!registered.payloadType().equals(type.payloadType())) {
            throw new IllegalArgumentException("event '" + type.name() + "' is registered with "
                    + registered.payloadType().getTypeName() + ", not "
                    + type.payloadType().getTypeName());
        }
        return registered.handlers();
    }

    /** From the lane. */
    void received(Incoming message) {
        dispatch.deliver(() -> handle(message));
    }

    /** From the lane: an error that belongs to no request. */
    void refused(Incoming message) {
        dispatch.deliver(() -> errors.tell(message));
    }

    private void handle(Incoming message) {
        any.tell(message);
        if (message.code() != 0) {
            errors.tell(message);
            return;
        }
        Registered registered = byName.get(message.event());
        if (registered == null || registered.handlers().isEmpty()) {
            return;
        }
        try {
            Object payload = message.body().bind(registered.payloadType());
            registered.handlers().tell(new Holder(payload));
        } catch (IllegalArgumentException misfit) {
            LOG.log(Level.WARNING, "a message of event '" + message.event() + "' was not handed over", misfit);
        }
    }
}
