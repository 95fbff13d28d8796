// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The places of a session's log, addressed by an index that only grows. A place holds a message or a gap, with its number if it has
 * one, or nothing any more. Not thread-safe.
 */
final class LogRing {
    private static final int SMALLEST = 4;
    private static final int SPARSE = 4;
    private static final int MANY = 64;
    private static final @Nullable Object[] NO_ENTRIES = {};
    private static final long[] NO_NUMBERS = {};

    /** Allocated on first use and let go when the last place is dropped; the length is zero or a power of two. */
    private @Nullable Object[] entries = NO_ENTRIES;

    private long[] numbers = NO_NUMBERS;
    private long first;
    private long end;

    /** With fewer places than this it is not worth looking for empty ones among the oldest. */
    private long manyPlaces = MANY;

    /** The index of the oldest place. */
    long first() {
        return first;
    }

    /** The index of the next place to come. */
    long end() {
        return end;
    }

    boolean isEmpty() {
        return first == end;
    }

    /** Adds a place; {@code number} is 0 for what is not counted. */
    long add(Object entry, long number) {
        if (end - first == entries.length) {
            grow();
        }
        entries[slot(end)] = entry;
        numbers[slot(end)] = number;
        return end++;
    }

    @Nullable
    Object entry(long index) {
        return entries[slot(index)];
    }

    /** The number of what is or was there. */
    long number(long index) {
        return numbers[slot(index)];
    }

    void put(long index, Object entry) {
        entries[slot(index)] = entry;
    }

    /** Nothing is there any more; the place stays. */
    void empty(long index) {
        entries[slot(index)] = null;
    }

    /** A gap takes the place of a message, or lets the one before it go on, unless that is before {@code from}. */
    void putGap(long index, long from) {
        long number = number(index);
        empty(index);
        if (number > 0 && !extendGap(index - 1, number, from)) {
            put(index, new LogGap(number));
        }
    }

    /** A number that never gets a message: a gap, or more of the last one, unless that is before {@code from}. */
    void addGap(long number, long from) {
        if (!extendGap(end - 1, number, from)) {
            add(new LogGap(number), number);
        }
    }

    /** Lets a gap that ends just before this number, and is not before {@code from}, go on. */
    private boolean extendGap(long last, long number, long from) {
        for (long index = last; index >= from; index--) {
            Object entry = entry(index);
            if (entry instanceof LogGap gap && gap.to == number - 1) {
                gap.to = number;
                return true;
            }
            if (entry != null) {
                return false;
            }
        }
        return false;
    }

    /** Whether from this index on there are so many more places than messages that it is worth closing the empty ones. */
    boolean isSparse(long from, int messages) {
        return end - from > SPARSE * (long) messages + MANY;
    }

    /** Closes the empty places from this index on; tells {@code latest} where the others are. */
    void closeUp(long from, LatestPlaces latest) {
        long to = from;
        for (long index = from; index < end; index++) {
            Object entry = entries[slot(index)];
            if (entry == null) {
                continue;
            }
            entries[slot(index)] = null;
            entries[slot(to)] = entry;
            numbers[slot(to)] = numbers[slot(index)];
            if (entry instanceof Outgoing message) {
                latest.put(message, to);
            }
            to++;
        }
        end = to;
    }

    /** Closes the empty places before this index, if there may be many; the others move up to it. Tells {@code latest} where they are. */
    void closeUpTo(long to, LatestPlaces latest) {
        if (to - first <= manyPlaces) {
            return;
        }
        long oldest = to;
        for (long index = to - 1; index >= first; index--) {
            Object entry = entries[slot(index)];
            if (entry != null) {
                oldest--;
                entries[slot(index)] = null;
                entries[slot(oldest)] = entry;
                numbers[slot(oldest)] = numbers[slot(index)];
                if (entry instanceof Outgoing message) {
                    latest.put(message, oldest);
                }
            }
        }
        first = oldest;
        manyPlaces = SPARSE * (to - oldest) + MANY;
    }

    /** Drops the oldest place. */
    void dropFirst() {
        entries[slot(first)] = null;
        first++;
        if (first == end) {
            entries = NO_ENTRIES;
            numbers = NO_NUMBERS;
        }
    }

    private int slot(long index) {
        return (int) index & (entries.length - 1);
    }

    private void grow() {
        int length = Math.max(SMALLEST, entries.length * 2);
        @Nullable Object[] moreEntries = Arrays.copyOf(NO_ENTRIES, length);
        long[] moreNumbers = new long[length];
        for (long index = first; index < end; index++) {
            moreEntries[(int) index & (length - 1)] = entries[slot(index)];
            moreNumbers[(int) index & (length - 1)] = numbers[slot(index)];
        }
        entries = moreEntries;
        numbers = moreNumbers;
    }
}
