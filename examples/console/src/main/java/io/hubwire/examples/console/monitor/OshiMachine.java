// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.examples.console.monitor;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.software.os.NetworkParams;
import oshi.software.os.OSFileStore;
import oshi.software.os.OperatingSystem;

/** The machine that this program runs on, read by OSHI. Thread-safe: one reading at a time. */
public final class OshiMachine implements Machine {
    private final InstantSource clock;
    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;
    private final String workFolder = System.getProperty("user.dir", "");
    private long[] ticks;

    /** Begins to measure. */
    public OshiMachine(InstantSource clock) {
        SystemInfo info = new SystemInfo();
        this.clock = clock;
        this.hardware = info.getHardware();
        this.system = info.getOperatingSystem();
        this.ticks = hardware.getProcessor().getSystemCpuLoadTicks();
    }

    @Override
    public Facts facts() {
        NetworkParams network = system.getNetworkParams();
        CentralProcessor.ProcessorIdentifier identifier =
                hardware.getProcessor().getProcessorIdentifier();
        return new Facts(
                network.getHostName(),
                address(),
                system.toString(),
                System.getProperty("os.arch", ""),
                identifier.getVendor(),
                identifier.getName().strip(),
                hardware.getProcessor().getLogicalProcessorCount());
    }

    @Override
    public synchronized Reading read() {
        GlobalMemory memory = hardware.getMemory();
        Optional<OSFileStore> disk = disk();
        long received = 0;
        long sent = 0;
        for (NetworkIF network : hardware.getNetworkIFs()) {
            received += network.getBytesRecv();
            sent += network.getBytesSent();
        }
        return new Reading(
                clock.instant(),
                cpu(),
                memory.getTotal() - memory.getAvailable(),
                memory.getTotal(),
                disk.map(store -> store.getTotalSpace() - store.getFreeSpace()).orElse(0L),
                disk.map(OSFileStore::getTotalSpace).orElse(0L),
                Math.max(0, hardware.getProcessor().getSystemLoadAverage(1)[0]),
                system.getProcessCount(),
                received,
                sent);
    }

    private double cpu() {
        CentralProcessor processor = hardware.getProcessor();
        double load = processor.getSystemCpuLoadBetweenTicks(ticks);
        ticks = processor.getSystemCpuLoadTicks();
        return Double.isFinite(load) ? load : 0;
    }

    /** Of all that is mounted above the working directory, the nearest. */
    private Optional<OSFileStore> disk() {
        return system.getFileSystem().getFileStores(true).stream()
                .filter(store -> workFolder.startsWith(store.getMount()))
                .max(Comparator.comparingInt(store -> store.getMount().length()));
    }

    private String address() {
        return hardware.getNetworkIFs().stream()
                .flatMap(network -> Arrays.stream(network.getIPv4addr()))
                .findFirst()
                .orElse("127.0.0.1");
    }
}
