// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal.session;

import java.util.Random;
import java.util.UUID;

class Chance {
    Object random() {
        return new Random();
    }

    UUID id() {
        return UUID.randomUUID();
    }
}
