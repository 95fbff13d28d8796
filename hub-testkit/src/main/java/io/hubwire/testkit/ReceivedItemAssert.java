// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.Objects;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about one message that a client received. For the test's thread.
 *
 * @param <T> what it is read as
 */
public final class ReceivedItemAssert<T> extends AbstractAssert<ReceivedItemAssert<T>, T> {
    private final TestClient client;
    private final String position;

    ReceivedItemAssert(TestClient client, String position, T item) {
        super(item, ReceivedItemAssert.class);
        this.client = client;
        this.position = position;
    }

    /** It equals this. */
    @Override
    public ReceivedItemAssert<T> isEqualTo(@Nullable Object expected) {
        return matches(position + " of " + client + " to be", expected, actual);
    }

    /** A part of it equals this. */
    public <R> ReceivedItemAssert<T> returns(R expected, Function<? super T, ? extends R> part) {
        return matches("a part of " + position + " of " + client + " to be", expected, part.apply(actual));
    }

    private ReceivedItemAssert<T> matches(String what, @Nullable Object expected, @Nullable Object found) {
        if (!Objects.equals(expected, found)) {
            throw FailureReport.of(client)
                    .failure(new Expectation(what + " " + expected, "it is " + found)
                            .comparing(expected, found)
                            .describedAs(descriptionText()));
        }
        return this;
    }
}
