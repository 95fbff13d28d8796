// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An event-routed WebSocket hub: the API, the SPI for adapters and codecs, and the engine behind them.
 *
 * <p>Payload classes are read and written by Jackson: on the module path, open their package to
 * {@code com.fasterxml.jackson.databind}.
 */
@org.jspecify.annotations.NullMarked
module io.hubwire.core {
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.datatype.jdk8;
    requires com.fasterxml.jackson.datatype.jsr310;
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;

    exports io.hubwire;
    exports io.hubwire.spi;
    exports io.hubwire.protocol;
    exports io.hubwire.codec;
}
