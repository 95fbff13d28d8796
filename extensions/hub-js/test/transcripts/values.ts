// SPDX-FileCopyrightText: The Hubwire Authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

type Fields = Record<string, unknown>;

/** The strings that a transcript remembers, and the values that stand for others. */
export class Values {
  #remembered = new Map<string, string>();

  /** The value to send in place of this one. */
  toSend(value: unknown): unknown {
    if (typeof value === 'string') {
      return value.replaceAll('$timestamp', String(timestamp()));
    }
    if (Array.isArray(value)) {
      return value.map((element) => this.toSend(element));
    }
    return isFields(value) ? this.#fieldsToSend(value) : value;
  }

  /** Checks a value that has come; `path` says where it stands. */
  expect(expected: unknown, actual: unknown, path: string): void {
    if (!isFields(expected)) {
      assert.deepEqual(actual, expected, path);
    } else if ('$capture' in expected) {
      assert.ok(typeof actual === 'string' && actual.length > 0, `${path} is no string: ${actual}`);
      this.#remembered.set(String(expected['$capture']), actual);
    } else if ('$use' in expected) {
      assert.equal(actual, this.#use(expected), path);
    } else if ('$any' in expected) {
      assert.equal(typeof actual, expected['$any'] === 'string' ? 'string' : 'number', path);
    } else {
      this.#expectFields(expected, actual, path);
    }
  }

  #fieldsToSend(value: Fields): unknown {
    if ('$capture' in value) {
      const secret = randomBytes(16).toString('base64url');
      this.#remembered.set(String(value['$capture']), secret);
      return secret;
    }
    if ('$use' in value) {
      return this.#use(value);
    }
    if ('$any' in value) {
      return value['$any'] === 'timestamp' ? timestamp() : value['value'];
    }
    const fields = Object.entries(value).filter(([name]) => name !== '$more');
    return Object.fromEntries(fields.map(([name, field]) => [name, this.toSend(field)]));
  }

  #expectFields(expected: Fields, actual: unknown, path: string): void {
    assert.ok(isFields(actual), `${path} is no object: ${JSON.stringify(actual)}`);
    const { $more, ...fields } = expected;
    for (const [name, field] of Object.entries(fields)) {
      assert.ok(name in actual, `${path}.${name} is missing in ${JSON.stringify(actual)}`);
      this.expect(field, actual[name], `${path}.${name}`);
    }
    const others = Object.keys(actual).filter((name) => !(name in fields));
    assert.ok($more === true || others.length === 0, `${path} has more: ${others.join()}`);
  }

  #use(value: Fields): string {
    const remembered = this.#remembered.get(String(value['$use']));
    assert.ok(remembered !== undefined, `nothing is remembered as ${value['$use']}`);
    return remembered;
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function timestamp(): number {
  return Math.floor(Date.now() / 1000);
}
