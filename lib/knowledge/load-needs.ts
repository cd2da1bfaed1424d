import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import { normalize } from '../engine/normalize.ts';
import type { Need } from '../engine/products/needs.ts';

const phrases = z.array(z.coerce.string().min(1).max(80).transform(normalize)).max(200);
const NeedFile = z.strictObject({
  needs: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9_]{1,50}$/),
        label: z.strictObject({ zh: z.string().min(1).max(40), en: z.string().min(1).max(60) }),
        asks: phrases.min(1),
        meets: phrases.min(1),
        unless: phrases.default([]),
      }),
    )
    .max(500),
});

/** The authored table of needs beside the packs. Throws when a line of it cannot be used. */
export async function loadNeeds(root: string): Promise<Need[]> {
  return NeedFile.parse(parse(await readFile(join(root, 'needs.yaml'), 'utf8'))).needs;
}
