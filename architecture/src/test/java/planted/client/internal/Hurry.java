// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.client.internal;

public class Hurry {
    long nanos() {
        return System.nanoTime();
    }

    void start(Runnable task) {
        new Thread(task).start();
    }
}
