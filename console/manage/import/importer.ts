import { type Signal, signal } from '@preact/signals';
import { ApiError } from '../../api.ts';
import { fill } from '../../words/words.ts';
import type { Shell } from '../shell/shell.ts';
import type { ImportWish } from './types.ts';
import { w } from './words.ts';

/** What goes through the gateway with the request itself; a larger file goes to the store and is started then. */
const DIRECT_BYTES = 4 * 1024 * 1024;
const MOST_BYTES = 20 * 1024 * 1024;

type Upload = { url: string; fields: Record<string, string> };
type Started = { id: string; upload?: Upload };

export type Importer = {
  file: Signal<File | undefined>;
  wish: Signal<ImportWish>;
  sending: Signal<boolean>;
  /** Sends the file, to be looked at or to be taken in, and opens what becomes of it. */
  send(dryRun: boolean): Promise<void>;
};

export function createImporter(shell: Shell): Importer {
  const file = signal<File | undefined>(undefined);
  const wish = signal<ImportWish>({ what: 'knowledge', mode: 'merge', language: '', mapping: {} });
  const sending = signal(false);

  const ask = (dryRun: boolean, more: Record<string, string>): string => {
    const { what, mode, language, mapping } = wish.value;
    const query = new URLSearchParams({
      ...(what === 'knowledge' ? { format: 'auto' } : {}),
      mode,
      dryRun: String(dryRun),
      ...(language === '' ? {} : { language }),
      ...(Object.keys(mapping).length === 0 ? {} : { mapping: JSON.stringify(mapping) }),
      ...more,
    });
    return `/v1/${what}/imports?${query}`;
  };
  const direct = async (chosen: File, dryRun: boolean) =>
    ((await shell.call('POST', ask(dryRun, {}), chosen)) as Started).id;
  const uploaded = async (chosen: File, dryRun: boolean) => {
    const path = ask(dryRun, { upload: 'true', bytes: String(chosen.size) });
    const { id, upload } = (await shell.call('POST', path)) as Started;
    if (upload !== undefined) await post(shell.fetch, upload, chosen);
    await shell.call('POST', `/v1/${wish.value.what}/imports/${encodeURIComponent(id)}/start`, {});
    return id;
  };
  return {
    ...{ file, wish, sending },
    async send(dryRun) {
      const chosen = file.value;
      if (chosen === undefined || sending.value) return;
      if (chosen.size > MOST_BYTES) return shell.say('bad', w.value.tooLarge);
      sending.value = true;
      const id = await shell.attempt(() =>
        chosen.size > DIRECT_BYTES ? uploaded(chosen, dryRun) : direct(chosen, dryRun),
      );
      sending.value = false;
      if (id !== undefined) shell.go('import', id, wish.value.what === 'catalog' ? { what: 'catalog' } : {});
    },
  };
}

/**
 * A presigned POST: the store's own fields first, the file last. A store that lets no page read its answer has the file
 * all the same; whether it does is what `start` finds out.
 */
async function post(fetch: Shell['fetch'], { url, fields }: Upload, file: File): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', file);
  const answer = await fetch(url, { method: 'POST', body: form }).catch(() => undefined);
  if (answer?.ok === false) throw new ApiError(answer.status, fill(w.value.notStored, { status: answer.status }));
}
