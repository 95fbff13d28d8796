// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package io.hubwire.faults;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Loads all of Hubwire and its tests once more, beside those that are loaded already, with some classes changed. What is
 * not Hubwire's is shared.
 */
final class PatchedLoader extends ClassLoader {
    private static final String OURS = "io.hubwire.";

    private final Map<String, byte[]> patched;

    PatchedLoader(Map<String, byte[]> patched) {
        super(PatchedLoader.class.getClassLoader());
        this.patched = patched;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = patched.containsKey(name) ? patched.get(name) : original(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] original(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
