// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.client.internal;

import io.hubwire.client.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who want to hear of one kind of thing, in the order of their registration. Thread-safe. */
final class Listeners<T> {
    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    /** Told apart by identity: the same listener may be registered twice. */
    private static final class Entry<T> {
        final Consumer<? super T> listener;
        final boolean isOnce;

        Entry(Consumer<? super T> listener, boolean isOnce) {
            this.listener = listener;
            this.isOnce = isOnce;
        }
    }

    Subscription add(Consumer<? super T> listener) {
        return add(new Entry<T>(listener, false));
    }

    /** For the next news only. */
    Subscription addOnce(Consumer<? super T> listener) {
        return add(new Entry<T>(listener, true));
    }

    private Subscription add(Entry<T> entry) {
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** To be called where callbacks are made. */
    @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // the loop goes over a snapshot
    void tell(T news) {
        for (Entry<T> entry : entries) {
            if (entry.isOnce ? entries.remove(entry) : entries.contains(entry)) { // one before it may have cancelled it
                Dispatch.make(() -> entry.listener.accept(news));
            }
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
