// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import io.hubwire.HubBuilder;
import io.hubwire.testkit.Redactor;
import io.hubwire.testkit.TestClient;
import io.hubwire.testkit.TestClientBuilder;
import io.hubwire.testkit.TestHub;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** The hub of one test with the clients of its parameters; nothing is made before it is asked for. For one thread. */
final class HubOfTest {
    private record Device(As as, TestClient client) {}

    private final HubTest options;
    private final UnaryOperator<HubBuilder> setup;
    private final Optional<Path> transcriptFile;
    private final Map<String, List<Device>> devices = new HashMap<>();
    private boolean isSetUp;
    private @Nullable TestHub hub;

    HubOfTest(HubTest options, UnaryOperator<HubBuilder> setup, Optional<Path> transcriptFile) {
        this.options = options;
        this.setup = setup;
        this.transcriptFile = transcriptFile;
    }

    TestHub hub() {
        if (!isSetUp) {
            isSetUp = true;
            hub = start();
        }
        if (hub == null) {
            throw new ParameterResolutionException("there is no hub: its setup has failed before");
        }
        return hub;
    }

    private TestHub start() {
        TestHub started = TestHub.builder()
                .mode(options.mode())
                .seed(options.seed())
                .redactor(Redactor.standard().masking(options.masked()))
                .start(setup);
        transcriptFile.ifPresent(started::writesTranscriptTo);
        return started;
    }

    /** A device of a user, counted from 0; connects it if no parameter of this test asked for it before. */
    TestClient device(As as, int number) {
        List<Device> known = devices.computeIfAbsent(as.value(), user -> new ArrayList<>());
        if (number == known.size()) {
            known.add(new Device(as, client(as).connect()));
        }
        Device device = known.get(number);
        if (!device.as().equals(as)) {
            throw new ParameterResolutionException(
                    "one client cannot be both: " + device.as() + " of an earlier method of this test, and " + as);
        }
        return device.client();
    }

    TestClientBuilder client(As as) {
        TestClientBuilder client = hub().client().user(as.value()).roles(as.roles());
        if (as.resuming() || options.resuming()) {
            client.resuming();
        }
        return as.token().isEmpty() ? client : client.token(as.token());
    }

    /**
     * Fails if something went wrong that the test has not looked at.
     *
     * @throws AssertionError that names it
     */
    void checkLeftovers() {
        ifMade().ifPresent(made -> made.checkLeftovers(options.leftovers()));
    }

    /** Lets a failure carry what happened, unless its message says it. */
    void addTranscriptTo(Throwable failure) {
        ifMade().flatMap(made -> made.transcriptFor(failure)).ifPresent(failure::addSuppressed);
    }

    void close() {
        ifMade().ifPresent(TestHub::close);
    }

    /** The hub, if somebody asked for it and its setup did not fail. */
    private Optional<TestHub> ifMade() {
        return Optional.ofNullable(hub);
    }
}
