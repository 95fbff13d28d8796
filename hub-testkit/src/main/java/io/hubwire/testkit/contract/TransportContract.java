// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What every transport must do for a hub, as one test for each rule: an author of an adapter extends this class and says
 * in {@link #transport()} how it starts.
 *
 * <pre>{@code
 * class MyTransportContractTest extends TransportContract {
 *     @Override
 *     protected TransportUnderTest transport() {
 *         return new MyTransport();
 *     }
 * }
 * }</pre>
 *
 * <p>A rule that is declared in {@link TransportUnderTest#knownGaps()} is tried all the same: its test is aborted with
 * the declared reason while the rule is broken, and fails once it holds.
 *
 * <p>Each run writes a matrix to the console, and as JSON and Markdown to {@code target/transport-contract}, or where
 * the system property {@value #FOLDER} says. The property {@value #SELECTION} selects rules, such as
 * {@code CLOSE-03,SIZE}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class TransportContract {
    /** The system property that says where the matrix goes. */
    public static final String FOLDER = "hubwire.contract.folder";

    /** The system property that selects rules by their ids or subjects. */
    public static final String SELECTION = "hubwire.contract.rules";

    private final List<Verdict> verdicts = new ArrayList<>();
    private final TransportUnderTest transport;
    private ContractRun run;

    /** Asks {@link #transport()} once. */
    @SuppressWarnings({"this-escape", "NullAway.Init"}) // JUnit calls start before any rule
    protected TransportContract() {
        transport = transport();
    }

    /** What is judged; called once, by the constructor. */
    protected abstract TransportUnderTest transport();

    /** Starts the transport; called by JUnit. */
    @BeforeAll
    public void start() throws Exception {
        run = new ContractRun(transport);
    }

    /** A test for each rule. */
    @TestFactory
    public Stream<DynamicTest> rules() {
        return selected().map(check -> DynamicTest.dynamicTest(check.rule().toString(), () -> test(check)));
    }

    /** Every declared gap names a rule. */
    @Test
    public void declared_gaps_are_gaps_of_this_contract() {
        TreeSet<String> unknown = new TreeSet<>(transport.knownGaps().keySet());
        Rules.all().forEach(rule -> unknown.remove(rule.id()));
        if (!unknown.isEmpty()) {
            throw new AssertionFailedError("declared gaps of " + transport.name() + " that are no rules: " + unknown);
        }
    }

    private void test(RuleCheck check) {
        Verdict verdict = run.verdictOn(check);
        verdicts.add(verdict);
        switch (verdict.outcome()) {
            case HOLDS -> {
                return;
            }
            case GAP -> throw new TestAbortedException(check.rule().id() + " is a declared gap: " + verdict.note());
            case HEALED ->
                throw new AssertionFailedError(
                        check.rule().id() + " now holds; remove the declared gap: " + verdict.note());
            case BROKEN -> throw new AssertionFailedError(verdict.note());
        }
    }

    private static Stream<RuleCheck> selected() {
        String selection = System.getProperty(SELECTION, "");
        List<String> wanted = Arrays.asList(selection.split(",", -1));
        return Rules.checks().stream()
                .filter(check -> selection.isEmpty()
                        || wanted.contains(check.rule().id())
                        || wanted.contains(check.rule().subject()));
    }

    /** Stops the transport and writes the matrix; called by JUnit. */
    @AfterAll
    public void report() throws Exception {
        MatrixReport report = MatrixReport.of(transport.name(), verdicts);
        System.out.println(report.table());
        try {
            report.writeTo(Path.of(System.getProperty(FOLDER, "target/transport-contract")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            run.close();
        }
    }
}
