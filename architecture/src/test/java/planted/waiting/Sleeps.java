// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.waiting;

import java.util.concurrent.TimeUnit;
import planted.awaitility.Polls;

class Sleeps extends Thread {
    interface Pause {
        void of(long millis) throws InterruptedException;
    }

    void byThread() throws InterruptedException {
        Thread.sleep(1);
    }

    void bySubclass() throws InterruptedException {
        sleep(1);
    }

    void byUnit() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
    }

    Pause byReference() {
        return Thread::sleep;
    }

    void byPolling() {
        Polls.until(true);
    }
}
