// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.hubwire.AttributeKey;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that one client carries: keys and values in turn, in an array that is never changed in place. Thread-safe. */
final class Attributes {
    private static final Object[] NONE = {};

    @GuardedBy("this") // changes only
    private volatile Object[] entries;

    Attributes(Map<AttributeKey<?>, Object> initial) {
        Object[] pairs = initial.isEmpty() ? NONE : new Object[initial.size() * 2];
        int i = 0;
        for (Map.Entry<AttributeKey<?>, Object> entry : initial.entrySet()) {
            pairs[i++] = entry.getKey();
            pairs[i++] = entry.getValue();
        }
        this.entries = pairs;
    }

    @SuppressWarnings("GuardedBy") // a read of one volatile field
    @Nullable
    Object get(AttributeKey<?> key) {
        Object[] pairs = entries;
        int index = indexOf(pairs, key);
        return index < 0 ? null : pairs[index + 1];
    }

    synchronized void set(AttributeKey<?> key, Object value) {
        Object[] pairs = entries;
        int index = indexOf(pairs, key);
        Object[] changed = Arrays.copyOf(pairs, index < 0 ? pairs.length + 2 : pairs.length);
        int at = index < 0 ? pairs.length : index;
        changed[at] = key;
        changed[at + 1] = value;
        entries = changed;
    }

    synchronized void remove(AttributeKey<?> key) {
        Object[] pairs = entries;
        int index = indexOf(pairs, key);
        if (index < 0) {
            return;
        }
        Object[] fewer = new Object[pairs.length - 2];
        System.arraycopy(pairs, 0, fewer, 0, index);
        System.arraycopy(pairs, index + 2, fewer, index, fewer.length - index);
        entries = fewer.length == 0 ? NONE : fewer;
    }

    private static int indexOf(Object[] pairs, AttributeKey<?> key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
