// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.names;

class Vague {
    static class Util {}

    static class Utils {}

    static class Helper {}

    static class Impl {}

    static class Manager {}
}
