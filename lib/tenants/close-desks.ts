/**
 * Who may no longer come in hears nothing more either: a ticket is asked for once, and a gateway would keep the connection
 * it opened for two hours. Ways in that end close the desks that came by them; one that may come back does so by itself.
 */
import type { Role } from '../domain/tenant.ts';
import type { PeopleStore } from './people.ts';

/** A desk's connection, and the way in that it came by. */
export type DeskOf = {
  connection: string;
  role?: Role | undefined;
  tokenId?: string | undefined;
  personId?: string | undefined;
  /** Which of the person's epochs the sign-in belongs to. */
  personEpoch?: number | undefined;
};

export type OpenDesks = {
  of(tenant: string): Promise<readonly DeskOf[]>;
  /** One that is closed already is as good. */
  close(connection: string): Promise<void>;
  /** Until whatever was connected before now is found by `of`, which may be a moment behind. */
  settle(): Promise<void>;
};

/** The store whose changes close desks. What cannot be closed ends with the gateway's own time, and no change fails for it. */
export function closingDesks(store: PeopleStore, desks: OpenDesks): PeopleStore {
  const close = async (tenant: string, isOut: (desk: DeskOf) => boolean): Promise<void> => {
    const closed = new Set<string>();
    const look = async () => {
      const out = (await desks.of(tenant)).filter((desk) => isOut(desk) && !closed.has(desk.connection));
      await Promise.allSettled(out.map(({ connection }) => desks.close(connection)));
      for (const { connection } of out) closed.add(connection);
    };
    // One look that fails leaves the other; with both, they hear of changes until the gateway's own time, and read nothing.
    await look().catch(() => undefined);
    await desks.settle();
    await look().catch(() => undefined);
  };
  return {
    ...store,
    async deleteToken(tenant, id) {
      await store.deleteToken(tenant, id);
      await close(tenant, ({ tokenId }) => tokenId === id);
    },
    async putPerson(tenant, person, expected) {
      const put = await store.putPerson(tenant, person, expected);
      // A new password is a new epoch: whoever learned the one before may sit at the desk that it opened.
      const isOut = ({ personId, personEpoch, role }: DeskOf): boolean =>
        personId === person.id && (person.disabled === true || role !== person.role || personEpoch !== person.epoch);
      if (put === 'ok' && expected !== undefined) await close(tenant, isOut);
      return put;
    },
    async deletePerson(tenant, id, expected) {
      const deleted = await store.deletePerson(tenant, id, expected);
      if (deleted === 'ok') await close(tenant, ({ personId }) => personId === id);
      return deleted;
    },
  };
}
