// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import io.hubwire.EventType.Delivery;
import io.hubwire.Overflow;
import io.hubwire.SendReport.Refusal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that wait in an outbox, oldest first, within the policy's limits and the hub's budget. Not thread-safe: the outbox
 * guards it.
 */
final class OutboxRing {
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

    int size() {
        return size;
    }

    private boolean mayEvict() {
        return context.outboxPolicy().overflow() == Overflow.DROP_OLDEST;
    }

    /** Adds a message behind what is written and what waits, or says why not; those that made room for it go to {@code evicted}. */
    @Nullable
    Refusal offer(Outgoing message, List<Outgoing> evicted) {
        if (message.delivery() == Delivery.EPHEMERAL && size > 0) {
            return Refusal.SUPERSEDED;
        }
        while (!tryAdd(message)) {
            Outgoing oldest = mayEvict() && couldHold(message) ? poll() : null;
            if (oldest == null) {
                return Refusal.OVERFLOW;
            }
            evicted.add(oldest);
        }
        return null;
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
        slots[(head + size) % slots.length] = message;
        size++;
        bytes += message.bytes();
    }

    @Nullable
    Outgoing poll() {
        if (size == 0) {
            return null;
        }
        Outgoing first = slots[head];
        slots[head] = null;
        head = (head + 1) % slots.length;
        size--;
        if (first != null) {
            bytes -= first.bytes();
            context.outboxBudget().give(first.bytes());
        }
        if (size == 0) {
            slots = EMPTY;
            head = 0;
        }
        return first;
    }

    private void grow() {
        @Nullable Outgoing[] larger = Arrays.copyOf(slots, Math.max(SMALLEST, slots.length * 2));
        int wrapped = head; // grows only when full, so the first `head` slots hold the newest messages
        System.arraycopy(slots, 0, larger, slots.length, wrapped);
        Arrays.fill(larger, 0, wrapped, null);
        slots = larger;
    }
}
