// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.spi;

import com.fasterxml.jackson.databind.JsonNode;

class SpiOnJackson {
    JsonNode node;
}
