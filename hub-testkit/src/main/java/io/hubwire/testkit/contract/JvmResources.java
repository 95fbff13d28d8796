// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.testkit.contract;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/** What this JVM holds, the server under test included, since it runs in it. */
final class JvmResources {
    private JvmResources() {}

    /** Bytes of the heap that are in use after a collection. */
    static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Open files and sockets; 0 where the platform does not tell. */
    static long openFiles() {
        try {
            Object count = ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(
                            new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME), "OpenFileDescriptorCount");
            return ((Number) count).longValue();
        } catch (JMException e) {
            return 0;
        }
    }
}
