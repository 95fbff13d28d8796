// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.jakarta;

import planted.testkit.TestkitOnAdapter;

public class AdapterOnTestkit {
    TestkitOnAdapter testkit;
}
