// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.delivery;

import planted.codec.CodecOnApi;

public class DeliveryOnCodec {
    CodecOnApi codec;
}
