// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.jakarta;

import planted.internal.Builder;

class AdapterOnEngine {
    Builder builder;
}
