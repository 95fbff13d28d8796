// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted;

import planted.codec.CodecOnApi;

class ApiOnCodec {
    CodecOnApi codec;
}
