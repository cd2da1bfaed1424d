import type { CustomerExport } from '../../../lib/domain/privacy.ts';
import type { Shell } from '../shell/shell.ts';

type Kept = CustomerExport['conversations'][number];

export const pathOf = (customer: string, verb: 'export' | 'erase') =>
  `/v1/customers/${encodeURIComponent(customer)}/${verb}`;

/** A conversation may go on over parts: its lists add up. */
export function joined(parts: readonly CustomerExport[]): Omit<CustomerExport, 'cursor'> | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const byId = new Map<string, Kept>();
  for (const one of parts.flatMap(({ conversations }) => conversations)) {
    const known = byId.get(one.id);
    byId.set(one.id, known === undefined ? one : added(known, one));
  }
  const { cursor: _, ...rest } = first;
  return { ...rest, conversations: [...byId.values()] };
}

const added = (known: Kept, more: Kept): Kept => ({
  ...known,
  ...(more.state === undefined ? {} : { state: more.state }),
  messages: [...known.messages, ...more.messages].sort((a, b) => a.at.localeCompare(b.at)),
  assists: [...known.assists, ...more.assists],
  feedback: [...known.feedback, ...more.feedback],
  wrapUps: [...known.wrapUps, ...more.wrapUps],
});

async function partsOf(shell: Shell, customer: string): Promise<CustomerExport[]> {
  const parts: CustomerExport[] = [];
  let cursor: string | undefined;
  do {
    const wish = cursor === undefined ? { inParts: true } : { cursor };
    const file = (await shell.call('POST', pathOf(customer, 'export'), wish)) as Blob;
    const part: CustomerExport = JSON.parse(await file.text());
    parts.push(part);
    cursor = part.cursor;
  } while (cursor !== undefined);
  return parts;
}

/** The API wants the token, which a link cannot carry: fetched, then handed to the browser to keep. */
export async function keepFile(shell: Shell, customer: string): Promise<void> {
  const whole = joined(await partsOf(shell, customer));
  const address = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'customer.json';
  link.click();
  URL.revokeObjectURL(address);
}
