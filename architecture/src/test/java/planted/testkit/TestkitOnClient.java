// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.testkit;

import planted.client.ClientOnHub;

public class TestkitOnClient {
    ClientOnHub client;
}
