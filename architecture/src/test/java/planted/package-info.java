// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

/** A small copy of the tree in which every wall is broken; {@code WallsContract} says where. Not an example. */
package planted;
