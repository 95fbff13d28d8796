// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Tests for hubs: a real hub on virtual time, with clients in memory, on the test's own thread.
 *
 * <p>Payload classes are read and written by Jackson: on the module path, open their package to
 * {@code com.fasterxml.jackson.databind}.
 */
@org.jspecify.annotations.NullMarked
module io.hubwire.testkit {
    requires transitive io.hubwire.core;
    requires transitive org.assertj.core;
    requires com.fasterxml.jackson.databind;
    requires static org.jspecify;
    requires java.management;
    requires static com.google.errorprone.annotations;
    requires static org.junit.jupiter.api;
    requires static org.opentest4j;

    exports io.hubwire.testkit;
    exports io.hubwire.testkit.conformance;
    exports io.hubwire.testkit.contract;
    exports io.hubwire.testkit.junit;
    exports io.hubwire.testkit.network;
    exports io.hubwire.testkit.simulation;
    exports io.hubwire.testkit.transcripts;

    opens io.hubwire.testkit.conformance to
            com.fasterxml.jackson.databind,
            org.junit.platform.commons;
    opens io.hubwire.testkit.junit to
            org.junit.platform.commons;
}
