// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import java.time.Instant;

/** What can be asked of the machine. Must be thread-safe; may block for some milliseconds. */
public interface Machine {
    /**
     * What does not change.
     *
     * @param hostname the machine's name
     * @param address one of its addresses
     * @param os the operating system
     * @param arch the processor's architecture
     * @param processorVendor who made the processor
     * @param processorName its model
     * @param processors how many logical processors there are
     */
    record Facts(
            String hostname,
            String address,
            String os,
            String arch,
            String processorVendor,
            String processorName,
            int processors) {}

    /**
     * What changes.
     *
     * @param time when it was read
     * @param cpu how busy all processors were since the last reading, 0–1
     * @param memoryUsed in bytes
     * @param memoryTotal in bytes
     * @param diskUsed of the disk that this program works on, in bytes
     * @param diskTotal of the same disk, in bytes
     * @param load the load average of one minute; 0 where the system has none
     * @param processes how many there are
     * @param received by all network interfaces but the loopback since they are up, in bytes
     * @param sent likewise
     */
    record Reading(
            Instant time,
            double cpu,
            long memoryUsed,
            long memoryTotal,
            long diskUsed,
            long diskTotal,
            double load,
            int processes,
            long received,
            long sent) {}

    /** What does not change. */
    Facts facts();

    /** What changes, read now. */
    Reading read();
}
