// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import io.hubwire.HubBuilder;
import io.hubwire.codec.JacksonCodec;
import io.hubwire.spi.MessageCodec;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What all runs of a simulation have in common. Filled by its builder, for one thread. */
final class Setup {
    final UnaryOperator<HubBuilder> application;
    BiFunction<HubBuilder, Random, HubBuilder> variation = (builder, random) -> builder;
    BiFunction<TestClientBuilder, Integer, TestClientBuilder> door = (client, number) -> client.user("p" + number);
    boolean isVaried;
    Consumer<Player> onStart = player -> {};
    final Map<String, Kind> kinds = new LinkedHashMap<>();
    final Map<String, Consumer<TestHub>> always = new LinkedHashMap<>();
    final Map<String, Consumer<TestHub>> invariants = new LinkedHashMap<>();
    final Map<String, Consumer<TestHub>> afterwards = new LinkedHashMap<>();
    final Map<String, Predicate<TestHub>> occasions = new LinkedHashMap<>();

    /** Of the default kind; one for all runs, because it learns payload classes slowly. */
    final MessageCodec codec = JacksonCodec.strict();

    final Marks marks = new Marks();
    Optional<Duration> shutdownGrace = Optional.empty();
    int players = 4;
    Duration lingering = Duration.ofMinutes(1);

    Setup(UnaryOperator<HubBuilder> application) {
        this.application = application;
        BuiltIn.kinds().forEach(kind -> kinds.put(kind.name(), kind));
    }
}
