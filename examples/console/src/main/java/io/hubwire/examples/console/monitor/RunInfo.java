// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

/**
 * What runs here: the answer to {@code admin/monitor/runInfo}, with HotGo's names where it has the same.
 *
 * @param hostname the machine's name
 * @param os the operating system
 * @param arch the processor's architecture
 * @param intranet_ip one of the machine's addresses
 * @param processors how many logical processors there are
 * @param version of Java
 * @param vm the Java virtual machine
 * @param startTime of this process, in seconds since the epoch
 * @param runTime in seconds
 * @param pwd the working directory
 * @param threads how many are alive
 * @param heapUsed in bytes
 * @param heapMax in bytes
 * @param clients how many are connected to the hub
 * @param users how many of them are different users
 * @param away how many clients have lost their connection, and their session is kept
 * @param connectionsLost how often a session was kept so, since the start
 * @param sessionsResumed how often one went on over another connection, since the start
 */
@SuppressWarnings("MemberName") // the name on the wire
public record RunInfo(
        String hostname,
        String os,
        String arch,
        String intranet_ip,
        int processors,
        String version,
        String vm,
        long startTime,
        long runTime,
        String pwd,
        int threads,
        long heapUsed,
        long heapMax,
        int clients,
        int users,
        int away,
        long connectionsLost,
        long sessionsResumed) {}
