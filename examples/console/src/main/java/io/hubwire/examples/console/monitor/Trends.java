// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import java.util.List;

/**
 * What the machine was doing lately: the answer to {@code admin/monitor/trends}, shaped as HotGo's monitor page reads it, with
 * {@code usage} besides. Times are in seconds since the epoch; lists begin with the oldest.
 *
 * @param head four cards: processor, memory, disk, load
 * @param load the load average
 * @param net the network
 * @param usage processor and memory
 */
public record Trends(List<Card> head, List<Load> load, List<Net> net, List<Usage> usage) {
    /** A figure in words, with its total. */
    public record Card(String title, String data, String bottomTitle, String totalSum, String iconClass, Extra extra) {}

    /** What else a card says. */
    public record Extra(String data, String data1) {}

    /**
     * The load average.
     *
     * @param avg of one minute
     * @param ratio of the processors, in percent
     */
    public record Load(long time, double avg, double ratio) {}

    /**
     * The network.
     *
     * @param bytesSent in all, for people to read
     * @param bytesRecv in all, for people to read
     * @param down KiB received in a second
     * @param up KiB sent in a second
     */
    public record Net(long time, String bytesSent, String bytesRecv, double down, double up) {}

    /** Processor and memory in use, in percent. */
    public record Usage(long time, double cpu, double memory) {}
}
