// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.routing;

import planted.internal.delivery.DeliveryOnCodec;

public class RoutingOnDelivery {
    DeliveryOnCodec delivery;
}
