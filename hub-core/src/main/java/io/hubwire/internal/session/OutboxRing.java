// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait in an outbox, oldest first, within the policy's limits and the hub's budget. Not thread-safe: the outbox
 * guards it.
 */
final class OutboxRing extends OutboxQueue {
    private static final int SMALLEST = 4;
    private static final @Nullable Outgoing[] EMPTY = {};

    private final SessionContext context;

    /** Allocated on first use and let go when the last message leaves, so that an idle client pays nothing for it. */
    private @Nullable Outgoing[] slots = EMPTY;

    private int head;
    private int size;
    private long bytes;

    OutboxRing(SessionContext context) {
        this.context = context;
    }

    @Override
    int size() {
        return size;
    }

    @Override
    Outgoing pass(Outgoing message) {
        return message;
    }

    private boolean mayEvict() {
        return context.outboxPolicy().overflow() == Overflow.DROP_OLDEST;
    }

    @Override
    @Nullable
    Refusal offer(Outgoing message, List<Outgoing> evicted) {
        if (message.delivery() == Delivery.EPHEMERAL && size > 0) {
            return Refusal.SUPERSEDED;
        }
        int place = message.key() == null ? -1 : placeOf(message.key());
        Outgoing older = place < 0 ? null : take(place);
        while (!tryAdd(message)) {
            Outgoing oldest = mayEvict() && couldHold(message) ? poll() : null;
            if (oldest == null) {
                putBack(older, place);
                return Refusal.OVERFLOW;
            }
            evicted.add(oldest);
        }
        if (older != null) {
            evicted.add(older);
        }
        return null;
    }

    /** How many messages are before the one with this key; −1 if there is none. At most one has it. */
    private int placeOf(Object key) {
        for (int place = size - 1; place >= 0; place--) {
            Outgoing message = slots[slot(place)];
            if (message != null && key.equals(message.key())) {
                return place;
            }
        }
        return -1;
    }

    /** Takes a message out; those behind it move up, so that no empty places pile up in front of a client that does not read. */
    private @Nullable Outgoing take(int place) {
        Outgoing taken = slots[slot(place)];
        for (int next = place + 1; next < size; next++) {
            slots[slot(next - 1)] = slots[slot(next)];
        }
        removed(taken, slot(size - 1));
        return taken;
    }

    /** What was taken for a newer one that does not come is still the latest. */
    private void putBack(@Nullable Outgoing message, int place) {
        if (message == null) {
            return;
        }
        int before = Math.min(place, size); // either nothing was evicted meanwhile, or everything
        context.outboxBudget().overdraw(message.bytes());
        add(message);
        for (int last = size - 1; last > before; last--) {
            slots[slot(last)] = slots[slot(last - 1)];
        }
        slots[slot(before)] = message;
    }

    private int slot(int place) {
        return (head + place) % slots.length;
    }

    private boolean couldHold(Outgoing message) {
        return message.bytes() <= context.outboxPolicy().bytes();
    }

    /** Adds a message if there is room for it. */
    boolean tryAdd(Outgoing message) {
        boolean fits = size < context.outboxPolicy().messages()
                && bytes + message.bytes() <= context.outboxPolicy().bytes()
                && context.outboxBudget().tryTake(message.bytes(), bytes);
        if (fits) {
            add(message);
        }
        return fits;
    }

    private void add(Outgoing message) {
        if (size == slots.length) {
            grow();
        }
        slots[slot(size)] = message;
        size++;
        bytes += message.bytes();
    }

    @Override
    @Nullable
    Outgoing poll() {
        if (size == 0) {
            return null;
        }
        Outgoing first = slots[head];
        int freed = head;
        head = (head + 1) % slots.length;
        removed(first, freed);
        return first;
    }

    private void removed(@Nullable Outgoing message, int freed) {
        slots[freed] = null;
        size--;
        if (message != null) {
            bytes -= message.bytes();
            context.outboxBudget().give(message.bytes());
        }
        if (size == 0) {
            slots = EMPTY;
            head = 0;
        }
    }

    @Override
    List<Outgoing> clear() {
        List<Outgoing> unwritten = new ArrayList<>(size);
        for (Outgoing message = poll(); message != null; message = poll()) {
            unwritten.add(message);
        }
        return unwritten;
    }

    private void grow() {
        @Nullable Outgoing[] larger = Arrays.copyOf(slots, Math.max(SMALLEST, slots.length * 2));
        int wrapped = head; // grows only when full, so the first `head` slots hold the newest messages
        System.arraycopy(slots, 0, larger, slots.length, wrapped);
        Arrays.fill(larger, 0, wrapped, null);
        slots = larger;
    }
}
