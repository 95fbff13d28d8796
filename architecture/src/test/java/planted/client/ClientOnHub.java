// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.client;

import planted.ApiType;

public class ClientOnHub {
    ApiType hub;
}
