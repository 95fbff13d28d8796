// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleSettingsTest {
    @Test
    void without_properties_it_is_port_8080_and_twelve_hours() {
        ConsoleSettings settings = ConsoleSettings.of(new Properties());

        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void properties_are_read() {
        ConsoleSettings settings = ConsoleSettings.of(properties("port", "0", "tokenMinutes", "5"));

        assertThat(settings.port()).isZero();
        assertThat(settings.tokenLifetime()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port         | 65536 | port is '65536', allowed is 0 to 65535",
                "port         | x     | port is 'x', allowed is 0 to 65535",
                "tokenMinutes | 0     | tokenMinutes is '0', allowed is 1 to 43200",
                "tokenKey     | abc   | tokenKey has 3 bytes, allowed is 32 or more"
            })
    void a_bad_property_is_told_with_its_name_and_what_is_allowed(String name, String value, String message) {
        assertThatThrownBy(() -> ConsoleSettings.of(properties(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }
}
