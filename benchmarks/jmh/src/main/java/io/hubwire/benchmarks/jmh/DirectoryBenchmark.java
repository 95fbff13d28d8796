// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.Client;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** The index of members: what one client's coming and going costs beside many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DirectoryBenchmark {
    @Param({"1", "1000", "100000"})
    int members;

    private Crowd crowd = new Crowd("classic", 0);
    private @Nullable Client one;

    @Setup(Level.Trial)
    public void fill() {
        crowd.close();
        crowd = new Crowd("classic", members);
        one = crowd.hub().group(Crowd.GROUP).clients().get(0);
    }

    @TearDown(Level.Trial)
    public void close() {
        crowd.close();
    }

    @Benchmark
    public boolean leaveAndJoin() {
        return one().leave(Crowd.GROUP) && one().join(Crowd.GROUP);
    }

    @Benchmark
    public int find() {
        return crowd.hub().client(one().id()).size();
    }

    private Client one() {
        return Objects.requireNonNull(one, "a trial begins by filling the group");
    }
}
