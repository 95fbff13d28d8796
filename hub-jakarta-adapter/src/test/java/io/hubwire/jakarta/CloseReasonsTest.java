// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import io.hubwire.protocol.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CloseReasonsTest {
    @Test
    void what_containers_report_keeps_its_code_and_text() {
        assertThat(CloseReasons.received(reason(4001, "bye"))).isEqualTo(new CloseReason(4001, "bye"));
        assertThat(CloseReasons.received(reason(1009, ""))).isEqualTo(new CloseReason(1009, ""));
        assertThat(CloseReasons.received(reason(1006, "java.io.EOFException"))).isEqualTo(CloseReason.CONNECTION_LOST);
        assertThat(CloseReasons.received(reason(1005, ""))).isEqualTo(new CloseReason(1000, ""));
    }

    @Test
    void a_code_that_no_hub_has_is_a_protocol_error() {
        for (int code : new int[] {0, 999, 5000, 65_535}) {
            var odd = new jakarta.websocket.CloseReason(() -> code, "");
            assertThat(CloseReasons.received(odd)).isEqualTo(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void a_long_text_is_cut_between_characters() {
        assertThat(CloseReasons.cut("x".repeat(123))).hasSize(123);
        assertThat(CloseReasons.cut("x".repeat(124))).hasSize(123);
        assertThat(CloseReasons.cut("é".repeat(62))).isEqualTo("é".repeat(61));
        assertThat(CloseReasons.cut("€".repeat(42))).isEqualTo("€".repeat(41));
        assertThat(CloseReasons.cut("😀".repeat(31))).isEqualTo("😀".repeat(30));
        assertThat(CloseReasons.cut("xx" + "😀".repeat(31)).getBytes(StandardCharsets.UTF_8))
                .hasSize(122);
    }

    @Test
    void a_normal_close_is_sent_as_such_only_while_nothing_is_in_flight() {
        assertThat(CloseReasons.toSend(CloseReason.NORMAL, false).getCloseCode())
                .isEqualTo(CloseCodes.NORMAL_CLOSURE);
        assertThat(CloseReasons.toSend(CloseReason.NORMAL, true).getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
        assertThat(CloseReasons.toSend(CloseReason.KICKED, true).getCloseCode().getCode())
                .isEqualTo(4004);
        assertThat(CloseReasons.toSend(CloseReason.KICKED, true).getReasonPhrase())
                .isEqualTo("kicked");
    }

    @Test
    void codes_that_must_not_be_sent_become_going_away() {
        for (CloseReason local : new CloseReason[] {CloseReason.NO_STATUS, CloseReason.CONNECTION_LOST}) {
            assertThat(CloseReasons.toSend(local, false).getCloseCode()).isEqualTo(CloseCodes.GOING_AWAY);
        }
    }

    private static jakarta.websocket.CloseReason reason(int code, String text) {
        return new jakarta.websocket.CloseReason(CloseCodes.getCloseCode(code), text);
    }
}
