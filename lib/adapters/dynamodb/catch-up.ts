import * as z from 'zod';
import { ChatwootReached } from '../../domain/chatwoot.ts';
import type { CatchUpStore } from '../../ports/catch-up.ts';
import { catchUpKey, workShard } from './keys.ts';
import { deleteItem, putNew, type Table, updateItem } from './table.ts';

const NAME = 'chatwoot';
const Held = z.object({ reached: ChatwootReached, run: z.number().int() });

/** Beside what is seen of the connection, which changes with every webhook: this one lies in the index of due work. */
export function dynamodbCatchUp(table: Table): CatchUpStore {
  return {
    async begin(tenant, reached, dueAt) {
      const key = catchUpKey(tenant, NAME);
      const due = { work: 'catchUp', workId: NAME, workShard: workShard(`${key.pk}${key.sk}`), dueAt, attempts: 0 };
      await putNew(table, { ...key, tenant, ...due, reached, run: 0, heldUntil: 0 });
    },
    /** Whoever grows `run` has it: one that was slow enough to be taken for dead keeps nothing more. */
    async claim(tenant, now, until) {
      const taken = await updateItem(table, catchUpKey(tenant, NAME), {
        expression: 'SET run = run + :one, heldUntil = :until, dueAt = :until, attempts = :zero',
        condition: 'attribute_exists(workShard) AND heldUntil <= :now',
        values: { ':one': 1, ':until': until, ':now': now, ':zero': 0 },
      });
      return taken.status === 'ok' ? Held.parse(taken.item) : undefined;
    },
    async save(tenant, { reached, run }, dueAt) {
      const over = dueAt === undefined ? '' : ', heldUntil = :zero, dueAt = :dueAt';
      const saved = await updateItem(table, catchUpKey(tenant, NAME), {
        expression: `SET reached = :reached${over}`,
        condition: 'run = :run',
        values: { ':reached': reached, ':run': run, ...(dueAt === undefined ? {} : { ':zero': 0, ':dueAt': dueAt }) },
      });
      return saved.status === 'ok' ? 'ok' : 'lost';
    },
    async end(tenant) {
      await deleteItem(table, catchUpKey(tenant, NAME));
    },
  };
}
