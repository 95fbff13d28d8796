// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.HubBuilder;
import io.hubwire.HubModule;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A {@link TestHub} that is about to start: who runs it, and how clients reach it. For one thread; starts one hub. */
public final class TestHubBuilder {
    private Mode mode = Mode.SERIAL;
    private long seed = 1;
    private Optional<ClientTransport> transport = Optional.empty();
    private Redactor redactor = Redactor.standard();

    TestHubBuilder() {}

    /** Who runs it, and on which clock; default {@link Mode#SERIAL}. */
    public TestHubBuilder mode(Mode choice) {
        mode = choice;
        return this;
    }

    /** Other random numbers for the hub than in every other run; without effect in {@link Mode#REAL}. */
    public TestHubBuilder seed(long number) {
        seed = number;
        return this;
    }

    /** How clients reach the hub; default in memory. Only {@link Mode#REAL} knows another way. */
    public TestHubBuilder transport(ClientTransport other) {
        transport = Optional.of(other);
        return this;
    }

    /** What transcripts and failures must not show; default {@link Redactor#standard()}. */
    public TestHubBuilder redactor(Redactor choice) {
        redactor = choice;
        return this;
    }

    /**
     * Starts a hub with these features and every other setting's default.
     *
     * @throws IllegalStateException if the transport is not in memory and the mode not {@link Mode#REAL}
     */
    @SuppressWarnings("overloads") // a lambda that returns its builder is a wiring, any other is a module
    public TestHub start(HubModule... modules) {
        return start(builder -> builder.install(modules));
    }

    /**
     * Starts a hub as the application wires it.
     *
     * @throws IllegalStateException if the transport is not in memory and the mode not {@link Mode#REAL}
     */
    @SuppressWarnings("overloads")
    public TestHub start(UnaryOperator<HubBuilder> application) {
        if (transport.isPresent() && mode != Mode.REAL) {
            throw new IllegalStateException(
                    "a transport of one's own needs Mode.REAL: in Mode." + mode + " the kit carries everything itself");
        }
        Pace pace = pace();
        ClientTransport carrier = transport.orElseGet(() -> new InMemoryTransport(pace.wire()));
        return new TestHub(pace, carrier, redactor, application);
    }

    private Pace pace() {
        return switch (mode) {
            case SERIAL -> new VirtualPace(TestRuntime.seeded(seed));
            case BATON -> new VirtualPace(TestRuntime.withBaton(seed));
            case REAL -> new RealPace();
        };
    }
}
