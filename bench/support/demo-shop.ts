/** The e-commerce pack compiled as a release, with the pack's own examples as shop facts: what the demo shop knows. */
import { fileURLToPath } from 'node:url';
import { openKnowledge } from '../../lib/assist/knowledge.ts';
import type { Knowledge } from '../../lib/assist/situation.ts';
import { ReleaseId } from '../../lib/domain/ids.ts';
import type { Settings } from '../../lib/domain/tenant.ts';
import { compile } from '../../lib/engine/compile.ts';
import { compileInput } from '../../lib/knowledge/compile-input.ts';
import { loadPack } from '../../lib/knowledge/packs/pack.ts';

const PACKS = fileURLToPath(new URL('../../knowledge', import.meta.url));

export async function demoShop(): Promise<{ knowledge: Knowledge; shopFacts: Settings['shopFacts'] }> {
  const pack = await loadPack(PACKS, 'ecommerce');
  const { bytes } = compile(compileInput(pack.entries, { phrases: pack.phrases, skills: pack.skills }));
  return {
    knowledge: openKnowledge(ReleaseId.parse('rel_bench'), bytes),
    shopFacts: Object.fromEntries(pack.facts.map((fact) => [fact.name, fact.example])),
  };
}
