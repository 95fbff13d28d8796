// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class QuietLogTest {
    @Test
    void a_flood_is_one_line() {
        List<String> lines = new ArrayList<>();
        Logger logger = Logger.getLogger(QuietLogTest.class.getName());
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
        QuietLog log = new QuietLog(QuietLogTest.class);

        for (int i = 0; i < 1_000; i++) {
            log.log(System.Logger.Level.INFO, "provoked");
            log.log(System.Logger.Level.INFO, "provoked", new IllegalStateException("again"));
        }

        assertThat(lines).containsExactly("provoked");
    }
}
