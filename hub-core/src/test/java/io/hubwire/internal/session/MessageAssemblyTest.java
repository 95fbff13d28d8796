// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.InboundLimits;
import io.hubwire.protocol.CloseReason;
import org.junit.jupiter.api.Test;

class MessageAssemblyTest {
    private final MemoryBudget budget = new MemoryBudget(300, () -> 300);
    private final MessageAssembly assembly =
            new MessageAssembly(InboundLimits.defaults().messageBytes(200).fragments(3), budget);

    @Test
    void puts_parts_together_in_order() {
        assertThat(assembly.isEmpty()).isTrue();
        assertThat(assembly.add("one ", 4)).isNull();
        assertThat(assembly.add("two ", 4)).isNull();
        assertThat(assembly.isEmpty()).isFalse();
        assertThat(assembly.add("three", 5)).isNull();

        assertThat(assembly.bytes()).isEqualTo(13);
        assertThat(budget.used()).isEqualTo(13);
        assertThat(assembly.take()).isEqualTo("one two three");
        assertThat(assembly.isEmpty()).isTrue();
        assertThat(budget.used()).isZero();
    }

    @Test
    void a_message_as_long_as_it_may_be_is_taken_and_a_byte_more_is_too_big() {
        assertThat(assembly.add("", 199)).isNull();
        assertThat(assembly.add("", 1)).isNull();

        assertThat(assembly.add("", 1)).isEqualTo(CloseReason.TOO_BIG);
        assertThat(budget.used()).isZero();
    }

    @Test
    void a_message_in_too_many_fragments_is_too_big() {
        assembly.add("", 0);
        assembly.add("", 0);
        assertThat(assembly.add("", 0)).isNull();

        assertThat(assembly.add("", 0)).isEqualTo(CloseReason.TOO_BIG);
    }

    @Test
    void a_message_for_which_the_hub_has_no_memory_left_is_refused() {
        MessageAssembly other = new MessageAssembly(InboundLimits.defaults(), budget);
        other.add("", 300);

        assertThat(assembly.add("", 2)).isEqualTo(CloseReason.OVERLOADED);

        assertThat(budget.used()).isEqualTo(300);
        other.take();
        assertThat(assembly.add("", 1)).isNull();
    }

    @Test
    void after_the_end_it_keeps_nothing() {
        assembly.add("half", 4);

        assembly.close();
        assembly.add("more", 4);

        assertThat(budget.used()).isZero();
        assertThat(assembly.take()).isEmpty();
    }
}
