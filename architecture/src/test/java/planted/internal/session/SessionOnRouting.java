// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.session;

import planted.internal.routing.RoutingOnDelivery;

public class SessionOnRouting {
    RoutingOnDelivery[] routing;
}
