// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.SendReport;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One message to a group: find, encode once, offer, number, drain. Divide by the members for the cost of a delivery. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FanOutBenchmark {
    @Param({"1", "1000", "100000"})
    int members;

    @Param({"classic", "hubwire.v1"})
    String profile = "classic";

    private Crowd crowd = new Crowd("classic", 0);

    @Setup(Level.Trial)
    public void fill() {
        crowd.close();
        crowd = new Crowd(profile, members);
    }

    @TearDown(Level.Trial)
    public void close() {
        crowd.close();
    }

    @Benchmark
    public SendReport toAGroup() {
        return crowd.hub().group(Crowd.GROUP).send(Crowd.LINE, Crowd.SAID);
    }
}
