// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The hub's own part of a request: decode, route, bind, handle, encode, send. Once with a handler, once with a name that nobody knows. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EchoBenchmark {
    private static final String ECHO =
            "{\"event\":\"echo\",\"data\":{\"from\":\"ann\",\"text\":\"a line of ordinary length, as people write them\"}}";
    private static final String UNKNOWN = "{\"event\":\"no/such\"}";

    private final Crowd crowd = new Crowd("classic", 1);

    @Benchmark
    public void echo() {
        crowd.client(0).onText(ECHO, true);
    }

    @Benchmark
    public void unknown() {
        crowd.client(0).onText(UNKNOWN, true);
    }

    @TearDown
    public void close() {
        crowd.close();
    }
}
