// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.benchmarks.jmh;

import io.hubwire.codec.JacksonCodec;
import io.hubwire.protocol.Envelope;
import io.hubwire.spi.Frame;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Text to envelope to value, and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final String TEXT =
            "{\"event\":\"chat/line\",\"data\":{\"from\":\"ann\",\"text\":\"a line of ordinary length, as people write them\"}}";

    private final JacksonCodec codec = JacksonCodec.strict();
    private final Envelope.FromClient decoded = codec.decode(TEXT);

    @Benchmark
    public Envelope.FromClient decode() {
        return codec.decode(TEXT);
    }

    @Benchmark
    public @Nullable Object bind() {
        return codec.bind(decoded.payload(), Crowd.Line.class);
    }

    @Benchmark
    public Frame encode() {
        return codec.encode(Envelope.FromHub.push("chat/line", Crowd.SAID, 1_715_670_733L, false));
    }
}
