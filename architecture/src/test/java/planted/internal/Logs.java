// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

package planted.internal;

class Logs {
    java.util.logging.Logger jul;
    org.slf4j.Logger slf4j;
}
