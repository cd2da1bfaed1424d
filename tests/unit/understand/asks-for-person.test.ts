import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { asksForPerson } from '../../../lib/assist/understand/asks-person.ts';

const Cases = z.strictObject({ asks: z.array(z.string()).min(150), does_not: z.array(z.string()).min(70) });
const { asks, does_not } = Cases.parse(parse(readFileSync('tests/data/asks-for-person.yaml', 'utf8')));

describe('asking for a person', () => {
  test.each(asks)('%s', (text) => {
    expect(asksForPerson(text)).toBe(true);
  });
  test.each(does_not)('not: %s', (text) => {
    expect(asksForPerson(text)).toBe(false);
  });
});
