// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.protocol;

import planted.spi.SpiOnApi;

class ProtocolOnSpi {
    SpiOnApi spi;
}
