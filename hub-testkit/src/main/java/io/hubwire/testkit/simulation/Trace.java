// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that is seen of a run, line by line, so that two runs can be compared; or nothing. For one thread. */
final class Trace {
    private final boolean isOn;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean isOn) {
        this.isOn = isOn;
    }

    void add(Object... parts) {
        if (isOn) {
            lines.add(Stream.of(parts).map(String::valueOf).collect(Collectors.joining(" ")));
        }
    }

    List<String> lines() {
        return lines;
    }
}
