// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted;

import planted.internal.Builder;
import planted.internal.DefaultHubBuilder;
import planted.internal.session.SessionOnRouting;

/** Only {@code allowed} is. */
class Hub {
    DefaultHubBuilder allowed;
    Builder builder;
    SessionOnRouting session;
}
