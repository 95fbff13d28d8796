// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.codec;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;

/** Writes JSON, which has no word for a number that is not finite. */
final class FiniteNumbers extends JsonGeneratorDelegate {
    FiniteNumbers(JsonGenerator json) {
        super(json, false); // so that what is written by way of another object comes here as well
    }

    @Override
    public void writeNumber(double value) throws IOException {
        requireFinite(value);
        super.writeNumber(value);
    }

    @Override
    public void writeNumber(float value) throws IOException {
        requireFinite(value);
        super.writeNumber(value);
    }

    @Override
    public void writeArray(double[] values, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            requireFinite(values[i]);
        }
        super.writeArray(values, offset, length);
    }

    private void requireFinite(double value) throws IOException {
        if (!Double.isFinite(value)) {
            throw new JsonGenerationException(value + " is not a JSON number", this);
        }
    }
}
