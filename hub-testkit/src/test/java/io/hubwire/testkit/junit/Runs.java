// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** What JUnit makes of classes that are not among this module's own tests. */
final class Runs {
    private static final String JUPITER = "junit-jupiter";

    private Runs() {}

    static EngineExecutionResults all(Class<?> tests) {
        return EngineTestKit.engine(JUPITER).selectors(selectClass(tests)).execute();
    }

    static EngineExecutionResults sideBySide(int threads, Class<?> tests) {
        return EngineTestKit.engine(JUPITER)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "" + threads)
                .selectors(selectClass(tests))
                .execute();
    }

    /** What the tests of a run failed with. */
    static List<Throwable> failures(EngineExecutionResults run) {
        return run.allEvents().failed().stream().map(Runs::failure).toList();
    }

    /** What the only test of a class fails with. */
    static Throwable failure(Class<?> tests) {
        List<Throwable> failures = failures(all(tests));
        if (failures.size() != 1) {
            throw new AssertionError("expected one failure, but there are " + failures);
        }
        return failures.get(0);
    }

    private static Throwable failure(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }
}
