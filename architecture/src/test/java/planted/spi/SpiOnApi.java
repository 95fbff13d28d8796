// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.spi;

import planted.ApiType;

public class SpiOnApi {
    ApiType type;
}
