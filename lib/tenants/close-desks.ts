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
};

export type OpenDesks = {
  of(tenant: string): Promise<readonly DeskOf[]>;
  /** One that is closed already is as good. */
  close(connection: string): Promise<void>;
};

/** The store whose changes close desks. What cannot be closed ends with the gateway's own time, and no change fails for it. */
export function closingDesks(store: PeopleStore, desks: OpenDesks): PeopleStore {
  const close = async (tenant: string, isOut: (desk: DeskOf) => boolean): Promise<void> => {
    try {
      const out = (await desks.of(tenant)).filter(isOut);
      await Promise.allSettled(out.map(({ connection }) => desks.close(connection)));
    } catch {
      // They hear of changes until then and read nothing.
    }
  };
  return {
    ...store,
    async deleteToken(tenant, id) {
      await store.deleteToken(tenant, id);
      await close(tenant, ({ tokenId }) => tokenId === id);
    },
    async putPerson(tenant, person, expected) {
      const put = await store.putPerson(tenant, person, expected);
      const isOut = ({ personId, role }: DeskOf): boolean =>
        personId === person.id && (person.disabled === true || role !== person.role);
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
