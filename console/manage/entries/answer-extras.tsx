import { useSignal } from '@preact/signals';
import { formatLocal, instantOf } from '../../../lib/domain/local-time.ts';
import { fill } from '../../words/words.ts';
import { Field, type FieldIds } from '../shell/field.tsx';
import type { Shell } from '../shell/shell.ts';
import type { Answer } from './types.ts';
import { w } from './words.ts';

type ExtrasProps = { shell: Shell; answer: Answer; timeZone: string; onChange: (answer: Answer) => void };

const listOf = (text: string, by: RegExp): string[] =>
  text
    .split(by)
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** What few answers need: dates, channels, a shop, attachments, products. */
export function AnswerExtras({ shell, answer, timeZone, onChange }: ExtrasProps) {
  const say = w.value;
  const { validFrom, validUntil, channels, shop, attachments, cards } = answer;
  const used = [validFrom, validUntil, shop].some((one) => (one ?? '') !== '');
  const listed = [channels, attachments, cards].some((one) => (one ?? []).length > 0);
  return (
    <details class="extras" open={used || listed}>
      <summary>{say.more}</summary>
      <div class="fields">
        <Moment
          label={say.validFrom}
          zone={timeZone}
          value={validFrom}
          onChange={(at) => onChange({ ...answer, validFrom: at })}
        />
        <Moment
          label={say.validUntil}
          zone={timeZone}
          value={validUntil}
          onChange={(at) => onChange({ ...answer, validUntil: at })}
        />
        <Field label={say.channels} hint={say.channelsHint}>
          {(ids) => (
            <Listed
              ids={ids}
              value={channels}
              by={/[,，、]/}
              onChange={(next) => onChange({ ...answer, channels: next })}
            />
          )}
        </Field>
        <Field label={say.shop} hint={say.shopHint}>
          {(ids) => (
            <input
              {...ids}
              value={shop ?? ''}
              onInput={(event) => onChange({ ...answer, shop: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={say.attachments} hint={say.attachmentsHint}>
          {(ids) => (
            <Listed
              ids={ids}
              lines
              value={attachments}
              by={/\n/}
              onChange={(next) => onChange({ ...answer, attachments: next })}
            />
          )}
        </Field>
        <Products shell={shell} value={cards ?? []} onChange={(next) => onChange({ ...answer, cards: next })} />
      </div>
    </details>
  );
}

type MomentProps = { label: string; zone: string; value: string | undefined; onChange: (at: string) => void };

/** Wall-clock time in the tenant's zone, kept as an instant. */
function Moment({ label, zone, value, onChange }: MomentProps) {
  const at = value === undefined ? undefined : instantOf(value, zone);
  return (
    <Field label={label} hint={fill(w.value.zone, { zone })}>
      {(ids) => (
        <input
          {...ids}
          type="datetime-local"
          value={at === undefined ? '' : formatLocal(at, zone).replace(' ', 'T')}
          onChange={(event) => {
            const next = instantOf(event.currentTarget.value, zone);
            onChange(next === undefined ? '' : new Date(next).toISOString());
          }}
        />
      )}
    </Field>
  );
}

type ListedProps = {
  ids: FieldIds;
  value: readonly string[] | undefined;
  by: RegExp;
  lines?: boolean;
  onChange: (list: string[]) => void;
};

/** Several words in one field: read when it is left, so that a comma can be typed. */
function Listed({ ids, value = [], by, lines = false, onChange }: ListedProps) {
  const shown = value.join(lines ? '\n' : ', ');
  const read = (text: string) => onChange(listOf(text, by));
  if (!lines) return <input {...ids} value={shown} onChange={(event) => read(event.currentTarget.value)} />;
  return <textarea {...ids} rows={2} value={shown} onChange={(event) => read(event.currentTarget.value)} />;
}

type Found = { id: string; title: string };
type ProductsProps = { shell: Shell; value: readonly string[]; onChange: (ids: string[]) => void };

function Products({ shell, value, onChange }: ProductsProps) {
  const say = w.value;
  const found = useSignal<Found[] | undefined>(undefined);
  const search = async (q: string) => {
    if (q.trim() === '') {
      found.value = undefined;
      return;
    }
    const asked = new URLSearchParams({ q, limit: '5' });
    const answer = (await shell.call('GET', `/v1/catalog/products?${asked}`).catch(() => ({ items: [] }))) as {
      items: Found[];
    };
    found.value = answer.items.filter(({ id }) => !value.includes(id));
  };
  return (
    <Field label={say.products}>
      {(ids) => (
        <>
          <div class="row-of">
            {value.map((id) => (
              <span key={id} class="chip">
                {id}{' '}
                <button
                  type="button"
                  class="chip-remove"
                  aria-label={fill(say.removeProduct, { id })}
                  onClick={() => onChange(value.filter((one) => one !== id))}
                >
                  ×
                </button>
              </span>
            ))}
          </div>
          <input
            {...ids}
            type="search"
            placeholder={say.findProduct}
            onInput={(event) => void search(event.currentTarget.value)}
          />
          {found.value?.length === 0 ? <p class="hint">{say.noProducts}</p> : null}
          {found.value?.map(({ id, title }) => (
            <button
              key={id}
              type="button"
              class="quiet found"
              onClick={() => {
                found.value = undefined;
                onChange([...value, id]);
              }}
            >
              + {title} <code>{id}</code>
            </button>
          ))}
        </>
      )}
    </Field>
  );
}
