// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;

/**
 * Assertions about what a client received of one event, in the order of arrival. For the test's thread.
 *
 * @param <T> what each element is read as
 */
public final class ReceivedAssert<T> extends AbstractAssert<ReceivedAssert<T>, List<T>> {
    private final TestClient client;
    private final String event;

    ReceivedAssert(TestClient client, String event, List<T> elements) {
        super(elements, ReceivedAssert.class);
        this.client = client;
        this.event = event;
    }

    /** So many have arrived. */
    public ReceivedAssert<T> hasSize(int count) {
        if (actual.size() != count) {
            throw failure(new Expectation(what(count + " of '" + event + "'"), "it received " + actual.size() + all())
                    .comparing(count, actual.size()));
        }
        return this;
    }

    /** None has arrived. */
    public ReceivedAssert<T> isEmpty() {
        return hasSize(0);
    }

    /** These have arrived, in this order, and no others. */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    public final ReceivedAssert<T> containsExactly(T... expected) {
        List<T> wanted = List.of(expected);
        if (!actual.equals(wanted)) {
            throw failure(new Expectation(what("exactly " + wanted + " as '" + event + "'"), "it received " + actual)
                    .comparing(wanted, actual));
        }
        return this;
    }

    /** The first that arrived. */
    public ReceivedItemAssert<T> first() {
        return element(0, "the first");
    }

    /** The latest that arrived. */
    public ReceivedItemAssert<T> last() {
        return element(actual.size() - 1, "the last");
    }

    /** One of them, counted from 0. */
    public ReceivedItemAssert<T> element(int index) {
        return element(index, "number " + index);
    }

    /** A part of each. */
    public <R> ReceivedAssert<R> extracting(Function<? super T, ? extends R> part) {
        return new ReceivedAssert<>(client, event, actual.stream().<R>map(part).toList());
    }

    /** All of AssertJ's assertions about lists; their messages are AssertJ's own. */
    public ListAssert<T> list() {
        return Assertions.assertThat(actual)
                .withRepresentation(new MaskedRepresentation(client.testHub().redactor()))
                .as("'%s' as received by %s", event, client);
    }

    private ReceivedItemAssert<T> element(int index, String position) {
        if (index < 0 || index >= actual.size()) {
            throw failure(new Expectation(
                    what(position + " '" + event + "'"),
                    "it received " + (actual.isEmpty() ? "none" : actual.size() + all())));
        }
        return new ReceivedItemAssert<>(client, position + " '" + event + "'", actual.get(index));
    }

    private String what(String expected) {
        return client + " to have received " + expected;
    }

    private String all() {
        return actual.isEmpty() ? "" : ": " + Transcript.shorten(actual.toString());
    }

    private AssertionError failure(Expectation expectation) {
        return FailureReport.of(client)
                .failure((actual.isEmpty() ? expectation.withHint(nearest()) : expectation)
                        .describedAs(descriptionText()));
    }

    private Optional<String> nearest() {
        Set<String> names = new LinkedHashSet<>(
                client.inbox().messages().stream().map(ReceivedMessage::event).toList());
        if (names.contains(event)) {
            return Optional.of("what arrived as '" + event + "' is an answer or an error");
        }
        return NearestName.of(event, names).map(name -> "the nearest name that arrived is '" + name + "'");
    }
}
