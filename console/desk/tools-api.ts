import type { Assist, Suggestion } from '../../lib/domain/assist.ts';
import type { DeskPhrase, PhraseImport } from '../../lib/domain/contract/desk-session.ts';
import type { ReplyWarning } from '../../lib/domain/contract/desk-tools.ts';
import type { PreviewRequest } from '../../lib/domain/contract/preview.ts';
import type { Explanation } from '../../lib/domain/explanation.ts';
import type { Opening } from '../../lib/domain/opening.ts';
import type { Product, ProductCard } from '../../lib/domain/product.ts';
import type { Call } from '../api.ts';

export type PhraseList = 'own' | 'team';
export type Phrases = Record<PhraseList, DeskPhrase[]>;
export type Found = { suggestions: Suggestion[]; products: Product[] };
export type Previewed = Assist & { explanation?: Explanation };
export type ImportWish = { list: PhraseList; mode: 'merge' | 'replace'; dryRun: boolean };

/** The calls of the agent's tools, beside those of the desk itself. Throws what `Call` does. */
export function createToolsApi(call: Call) {
  const one = (id: string) => `/v1/desk/conversations/${encodeURIComponent(id)}`;
  const query = (values: Record<string, string>) => `?${new URLSearchParams(values)}`;
  return {
    search: (q: string) => call('GET', `/v1/desk/search${query({ q })}`) as Promise<Found>,
    products: async (q: string) =>
      ((await call('GET', `/v1/desk/products${query({ q })}`)) as { items: ProductCard[] }).items,
    phrases: () => call('GET', '/v1/desk/phrases') as Promise<Phrases>,
    savePhrases: (list: PhraseList, phrases: readonly DeskPhrase[]) =>
      call('PUT', '/v1/desk/phrases', { [list]: phrases }) as Promise<Phrases>,
    importPhrases: (file: Blob, { list, mode, dryRun }: ImportWish) =>
      call(
        'POST',
        `/v1/desk/phrases/import${query({ list, mode, dryRun: String(dryRun) })}`,
        file,
      ) as Promise<PhraseImport>,
    check: async (id: string, text: string) =>
      ((await call('POST', `${one(id)}/check`, { text })) as { warnings: ReplyWarning[] }).warnings,
    opening: (id: string) => call('GET', `${one(id)}/opening`) as Promise<Opening>,
    preview: (wish: Partial<PreviewRequest>) => call('POST', '/v1/assist/preview', wish) as Promise<Previewed>,
    rate: (assistId: string, suggestionId: string, rating: 1 | -1) =>
      call('POST', `/v1/desk/assists/${encodeURIComponent(assistId)}/feedback`, {
        suggestionId,
        event: 'rated',
        rating,
      }),
  };
}
export type ToolsApi = ReturnType<typeof createToolsApi>;
