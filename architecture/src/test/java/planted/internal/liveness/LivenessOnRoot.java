// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.liveness;

import planted.internal.Builder;

class LivenessOnRoot {
    Builder builder;
}
