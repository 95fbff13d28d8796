// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hubwire.testkit.FakeTransport;
import io.hubwire.testkit.SendCompletion;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What the contract makes of rules that hold and do not, declared and not. */
class TransportContractTest {
    private static final Supplier<Fault> GOOD = Fault::new;
    private static final Supplier<Fault> WITHOUT_QUERY = OpenFaults.all().get("OPEN-02");

    private static TransportContract contractOf(Supplier<Fault> fault, Map<String, String> knownGaps) {
        return new TransportContract() {
            @Override
            protected TransportUnderTest transport() {
                return new FaultyTransport(
                        new FakeTransport(SendCompletion.LATER, Duration.ofSeconds(5)), fault, knownGaps);
            }
        };
    }

    private static Executable testOf(String rule, TransportContract contract) throws Exception {
        contract.start();
        return contract.rules()
                .filter(test -> test.getDisplayName().startsWith(rule))
                .findFirst()
                .orElseThrow()
                .getExecutable();
    }

    @Test
    void a_rule_that_holds_passes() throws Exception {
        assertThatCode(testOf("OPEN-02", contractOf(GOOD, Map.of()))::execute).doesNotThrowAnyException();
    }

    @Test
    void a_broken_rule_fails_with_rule_expectation_and_history() throws Exception {
        assertThatThrownBy(testOf("OPEN-02", contractOf(WITHOUT_QUERY, Map.of()))::execute)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageStartingWith("OPEN-02 must: Path, query, headers")
                .hasMessageContaining("on        faulty")
                .hasMessageContaining("expected  the query parameter room to be Optional[a b]")
                .hasMessageContaining("seen      Optional.empty")
                .hasMessageContaining("peer 1    GET /ws?room=a%20b")
                .hasMessageContaining("hub 1     open");
    }

    @Test
    void a_declared_gap_is_tried_and_aborted_with_its_reason() throws Exception {
        Map<String, String> gaps = Map.of("OPEN-02", "queries are lost");

        assertThatThrownBy(testOf("OPEN-02", contractOf(WITHOUT_QUERY, gaps))::execute)
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("OPEN-02 is a declared gap: queries are lost");
    }

    @Test
    void a_declared_gap_that_holds_fails() throws Exception {
        Map<String, String> gaps = Map.of("OPEN-02", "queries are lost");

        assertThatThrownBy(testOf("OPEN-02", contractOf(GOOD, gaps))::execute)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("OPEN-02 now holds; remove the declared gap: queries are lost");
    }

    @Test
    void a_stochastic_gap_that_holds_by_luck_is_still_a_gap() throws Exception {
        Map<String, String> gaps = Map.of("THREAD-01", "calls overlap at times");

        assertThatThrownBy(testOf("THREAD-01", contractOf(GOOD, gaps))::execute)
                .isInstanceOf(TestAbortedException.class);
    }

    @Test
    void a_declared_gap_in_no_rule_fails() {
        TransportContract contract = contractOf(GOOD, Map.of("OPEN-2", "a typo"));

        assertThatThrownBy(contract::declared_gaps_are_gaps_of_this_contract)
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("[OPEN-2]");
    }

    @Test
    void rules_have_ids_of_their_own_and_whole_sentences() {
        assertThat(Rules.all())
                .extracting(Rule::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Z]+-\\d\\d"));
        assertThat(Rules.all())
                .extracting(Rule::sentence)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.endsWith("."));
        assertThat(Rules.withId("CLOSE-05").level()).isEqualTo(Rule.Level.SHOULD);
    }
}
