/** `node scripts/lint-pack.ts [directory]`: names everything wrong with a pack (default: every pack of `knowledge/`). */
import { join } from 'node:path';
import { lintPack } from '../lib/knowledge/packs/lint.ts';
import { listPacks, readPackFiles } from '../lib/knowledge/packs/pack.ts';

const root = join(import.meta.dirname, '..', 'knowledge');
const given = process.argv[2];
const directories = given === undefined ? (await listPacks(root)).map((name) => join(root, name)) : [given];

let found = 0;
for (const directory of directories) {
  const files = await readPackFiles(directory);
  const problems = lintPack(files);
  found += problems.length;
  for (const { file, entry, message } of problems) {
    console.log(`${join(directory, file)}${entry === undefined ? '' : ` ${entry}`}: ${message}`);
  }
  console.log(
    `${directory}: ${files.entries.length} entries, ${files.golden.length} golden questions, ${problems.length} problems`,
  );
}
process.exitCode = found === 0 ? 0 : 1;
