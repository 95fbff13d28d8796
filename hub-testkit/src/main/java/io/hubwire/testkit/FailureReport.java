// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.error.AssertionErrorCreator;
import org.assertj.core.presentation.StandardRepresentation;
import org.jspecify.annotations.Nullable;

/**
 * What a failed expectation says: what was expected, what is, a hint, the state of the hub, and then the transcript.
 *
 * <p>Immutable.
 */
final class FailureReport {
    private static final int TIMERS_SHOWN = 3;
    private static final Set<String> KIT_CLASSES = Stream.of(
                    FailureReport.class,
                    TestClientAssert.class,
                    TestHubAssert.class,
                    ReceivedAssert.class,
                    ReceivedItemAssert.class,
                    Reply.class,
                    ConnectAttempt.class,
                    TestClientBuilder.class,
                    TestClient.class,
                    TestHub.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final TestHub hub;
    private final String transcript;

    private FailureReport(TestHub hub, String transcript) {
        this.hub = hub;
        this.transcript = transcript;
    }

    static FailureReport of(TestClient client) {
        return new FailureReport(client.testHub(), client.transcript());
    }

    static FailureReport of(TestHub hub) {
        return new FailureReport(hub, hub.transcript());
    }

    /** A failure to be thrown. Tools show the difference between the two values. */
    AssertionError failure(Expectation expectation) {
        AssertionError error = new AssertionErrorCreator()
                .assertionError(
                        render(expectation),
                        expectation.actualValue(),
                        expectation.expectedValue(),
                        new StandardRepresentation());
        error.setStackTrace(withoutKit(error.getStackTrace()));
        return error;
    }

    private String render(Expectation expectation) {
        List<String> lines = new ArrayList<>();
        lines.add("expected " + expectation.expected());
        lines.add(" but " + expectation.actual());
        expectation.hint().ifPresent(hint -> lines.add(" hint: " + hint));
        lines.add(" " + stateOfHub());
        hub.handlerFailures().forEach(failure -> lines.add(" note: " + failure));
        return String.join("\n", lines) + "\n\n" + transcript;
    }

    private String stateOfHub() {
        int waiting = hub.runtime().waitingTasks();
        String rest = waiting == 0 ? "the hub is quiet" : "the hub is not quiet, " + waiting + " tasks wait,";
        return rest + " at " + VirtualTime.offset(hub.time().elapsed()) + "; " + nextTimer();
    }

    /** Forgotten time is the commonest mistake: whoever sees what waits sees how far to advance. */
    private String nextTimer() {
        List<VirtualTime.PendingTimer> timers = hub.time().pendingTimers();
        if (timers.isEmpty()) {
            return "no timer waits";
        }
        String shown = timers.stream()
                .limit(TIMERS_SHOWN)
                .map(VirtualTime.PendingTimer::toString)
                .collect(Collectors.joining(", "));
        int more = timers.size() - TIMERS_SHOWN;
        return (timers.size() == 1 ? "next timer " : "next timers ")
                + shown
                + (more > 0 ? " (+" + more + " more)" : "");
    }

    /** The first frame is then the test's own line. */
    private static StackTraceElement[] withoutKit(StackTraceElement[] frames) {
        return Stream.of(frames)
                .dropWhile(frame -> isOfKit(frame.getClassName()))
                .toArray(StackTraceElement[]::new);
    }

    private static boolean isOfKit(String className) {
        return className.startsWith("org.assertj.")
                || className.startsWith("org.opentest4j.")
                || className.startsWith("java.")
                || className.startsWith("jdk.")
                || KIT_CLASSES.contains(className);
    }

    /**
     * One expectation that does not hold.
     *
     * @param expected goes on after "expected"
     * @param actual goes on after "but"
     * @param hint what may have gone wrong
     * @param expectedValue for tools
     * @param actualValue for tools
     */
    record Expectation(
            String expected,
            String actual,
            Optional<String> hint,
            @Nullable Object expectedValue,
            @Nullable Object actualValue) {
        Expectation(String expected, String actual) {
            this(expected, actual, Optional.empty(), expected, actual);
        }

        Expectation withHint(Optional<String> text) {
            return new Expectation(expected, actual, text, expectedValue, actualValue);
        }

        Expectation comparing(@Nullable Object wanted, @Nullable Object found) {
            return new Expectation(expected, actual, hint, wanted, found);
        }
    }
}
