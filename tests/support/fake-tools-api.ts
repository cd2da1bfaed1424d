import type { Suggestion } from '../../lib/domain/assist.ts';
import type { DeskPhrase, PhraseImport } from '../../lib/domain/contract/desk-session.ts';
import type { ReplyWarning } from '../../lib/domain/contract/desk-tools.ts';
import type { Explanation } from '../../lib/domain/explanation.ts';
import type { Opening } from '../../lib/domain/opening.ts';
import type { Product, ProductCard } from '../../lib/domain/product.ts';
import { assist } from './desk-fixtures.ts';
import type { Answer } from './fake-knowledge-api.ts';

type Tools = {
  phrases: { own: DeskPhrase[]; team: DeskPhrase[] };
  found: { suggestions: Suggestion[]; products: Product[] };
  products: ProductCard[];
  warnings: ReplyWarning[];
  opening: Opening;
  /** What a preview suggests, and why. */
  preview: { suggestions: Suggestion[]; explanation?: Explanation };
  imported: PhraseImport;
  /** Calls whose path holds this are answered once the promise is kept. */
  wait: { path: string; until: Promise<unknown> } | undefined;
};

const nothing = (): Tools => ({
  phrases: { own: [], team: [] },
  found: { suggestions: [], products: [] },
  products: [],
  warnings: [],
  opening: { likely: [], cards: [], lead: { score: 0, parts: [] } },
  preview: { suggestions: [] },
  imported: { added: 0, changed: 0, unchanged: 0, removed: 0, rejected: [] },
  wait: undefined,
});

/** The agent's tools as the contract has them, over what a test puts there. */
export function createFakeTools() {
  const tools = nothing();
  const savePhrases = (body: Partial<Tools['phrases']>): Answer => {
    tools.phrases = { ...tools.phrases, ...body };
    return ok(tools.phrases);
  };
  const ok = (body: unknown): Answer => ({ status: 200, body });
  const routes: [RegExp, (body: Record<string, unknown>) => Answer][] = [
    [/^GET \/v1\/desk\/search/, () => ok(tools.found)],
    [/^GET \/v1\/desk\/products/, () => ok({ items: tools.products })],
    [/^GET \/v1\/desk\/phrases$/, () => ok(tools.phrases)],
    [/^PUT \/v1\/desk\/phrases$/, savePhrases],
    [/^POST \/v1\/desk\/phrases\/import/, () => ok(tools.imported)],
    [/^POST .*\/check$/, () => ok({ warnings: tools.warnings })],
    [/^GET .*\/opening$/, () => ok(tools.opening)],
    [/^POST \/v1\/assist\/preview$/, () => ok({ ...assist('preview'), ...tools.preview })],
  ];
  return {
    tools,
    reset: () => void Object.assign(tools, nothing()),
    /** Nothing where the call is none of the tools'. */
    answer(method: string, path: string, body: Record<string, unknown>): Answer | undefined {
      return routes.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1](body);
    },
    async delay(path: string): Promise<void> {
      if (tools.wait !== undefined && path.includes(tools.wait.path)) await tools.wait.until;
    },
  };
}
