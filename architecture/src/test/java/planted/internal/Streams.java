// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal;

import java.io.ObjectInputStream;

class Streams {
    ObjectInputStream in;
}
