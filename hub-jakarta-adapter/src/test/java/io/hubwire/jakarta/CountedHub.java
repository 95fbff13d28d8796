// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.jakarta;

import io.hubwire.Hub;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A hub that counts how often it is started and closed, and can do nothing else. */
final class CountedHub {
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger closes = new AtomicInteger();

    /** This hub, as an application would hold it. */
    Hub hub() {
        InvocationHandler calls = (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "start" -> starts.incrementAndGet();
                case "close" -> closes.incrementAndGet();
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        };
        return (Hub) Proxy.newProxyInstance(Hub.class.getClassLoader(), new Class<?>[] {Hub.class}, calls);
    }

    int startCount() {
        return starts.get();
    }

    int closeCount() {
        return closes.get();
    }
}
