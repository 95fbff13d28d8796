// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit;

import io.hubwire.Admission;
import io.hubwire.AttributeKey;
import io.hubwire.spi.Handshake;
import java.util.function.UnaryOperator;

/**
 * What a test says a client carries; the authenticator of {@link TestHub} believes it. Values are objects, so that it travels in memory
 * only.
 */
record TestAttributes(UnaryOperator<Admission> given) {
    static final TestAttributes NONE = new TestAttributes(UnaryOperator.identity());

    <T> TestAttributes and(AttributeKey<T> key, T value) {
        return new TestAttributes(admission -> given.apply(admission).with(key, value));
    }

    static Admission added(Admission admission, Handshake handshake) {
        return handshake.unwrap(TestAttributes.class).orElse(NONE).given.apply(admission);
    }
}
