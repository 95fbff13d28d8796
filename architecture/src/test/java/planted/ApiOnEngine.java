// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted;

import planted.internal.Builder;

class ApiOnEngine {
    Builder builder;
}
