// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.codec;

import planted.ApiType;

public class CodecOnApi {
    ApiType type;
}
