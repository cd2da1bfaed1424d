import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { DeskPhrase, PhraseImport } from '../domain/contract/desk-session.ts';
import { badParameter, sharedShortcut, withParameters } from '../domain/desk-phrases.ts';
import { CuecardError } from '../domain/error.ts';
import { type AgentId, ConversationId, type TenantId } from '../domain/ids.ts';
import type { Caller, Role } from '../domain/tenant.ts';
import type { RandomBytes } from './secrets.ts';

/** Who a one-use ticket lets in, by which sign-in or token they asked, and when those end; times in epoch seconds. */
export type TicketGrant = {
  tenant: string;
  agentId: AgentId;
  role: Role;
  tokenId?: string | undefined;
  personId?: string | undefined;
  personEpoch?: number | undefined;
  signInEndsAt?: number | undefined;
  expiresAt: number;
};

export type DeskSessionDeps = {
  putTicket(hash: string, grant: TicketGrant): Promise<void>;
  /** The grant, once, while it lasts. */
  takeTicket(hash: string, nowSeconds: number): Promise<TicketGrant | undefined>;
  putConnection(grant: TicketGrant, connection: string, at: string, expiresAt: number): Promise<void>;
  /** Whether the sign-in or token that asked for the ticket still lets somebody in; read as it stands now. */
  isStillIn(tenant: string, tokenId: string): Promise<boolean>;
  /** Of a connection that is gone nothing is noted. */
  noteOpen(connection: string, conversation: ConversationId | undefined): Promise<void>;
  dropConnection(connection: string): Promise<void>;
  readPhrases(tenant: TenantId, owner: string): Promise<DeskPhrase[]>;
  writePhrases(tenant: TenantId, owner: string, phrases: DeskPhrase[]): Promise<void>;
  webSocketUrl: string;
  random: RandomBytes;
  now(): number;
};

const TICKET_SECONDS = 30;
/** A gateway closes a connection after two hours; its record goes soon after. */
const CONNECTION_SECONDS = 3 * 60 * 60;
const TICKET_BYTES = 32;
const TEAM = 'team';

const hashOf = (ticket: string): string => createHash('sha256').update(ticket).digest('hex');
const seconds = (ms: number): number => Math.floor(ms / 1000);
/** What is given, as it is kept. */
const known = <T extends object>(values: T) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
const ownerOf = (caller: Caller): string => `agent:${caller.agentId}`;

function mayWriteTeam({ role }: Caller): void {
  if (role === 'agent')
    throw new CuecardError('forbidden', "the team's phrases are changed by a supervisor or a manager");
}

/** Raises `invalid` for a code that two phrases share or a parameter that cannot be asked for, `too_large` for too much. */
function checkPhrases(phrases: readonly DeskPhrase[]): void {
  const shared = sharedShortcut(phrases);
  if (shared !== undefined) {
    throw new CuecardError('invalid', `the code ${shared.shortcut} is already that of "${shared.first}"`, {
      errors: [{ path: `${shared.at}.shortcut`, message: `also the code of "${shared.first}"` }],
    });
  }
  const errors = phrases.flatMap(({ text }, at) => {
    const message = badParameter(text);
    return message === undefined ? [] : [{ path: `${at}.text`, message }];
  });
  checkSize(phrases);
  if (errors.length > 0) throw new CuecardError('invalid', errors[0]?.message ?? 'a phrase cannot be read', { errors });
}

/** A list is one item of the store, which holds 400 KB with what is around it. */
const MOST_BYTES = 350_000;

function checkSize(phrases: readonly DeskPhrase[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(phrases));
  if (bytes <= MOST_BYTES) return;
  throw new CuecardError(
    'too_large',
    `these phrases are ${Math.ceil(bytes / 1_000)} KB together; a list holds ${MOST_BYTES / 1_000} KB`,
  );
}

const Said = z.object({ open: ConversationId.nullable() });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A desk's own things: its way onto the WebSocket, its phrases. */
export function deskSession(deps: DeskSessionDeps) {
  const phrases = async (tenant: TenantId, caller: Caller) => {
    const [own, team] = await Promise.all([deps.readPhrases(tenant, ownerOf(caller)), deps.readPhrases(tenant, TEAM)]);
    return { own: own.map(withParameters), team: team.map(withParameters) };
  };
  const write = async (tenant: TenantId, caller: Caller, list: 'own' | 'team', written: DeskPhrase[]) => {
    if (list === 'team') mayWriteTeam(caller);
    checkPhrases(written);
    await deps.writePhrases(tenant, list === 'own' ? ownerOf(caller) : TEAM, written);
  };
  return {
    async createTicket(tenant: TenantId, caller: Caller) {
      const ticket = Buffer.from(deps.random(TICKET_BYTES)).toString('hex');
      const expiresAt = seconds(deps.now()) + TICKET_SECONDS;
      const { agentId, role, tokenId, personId, personEpoch } = caller;
      const signInEndsAt = caller.expiresAt === undefined ? undefined : seconds(caller.expiresAt);
      const by = known({ tokenId, personId, personEpoch, signInEndsAt });
      await deps.putTicket(hashOf(ticket), { tenant, agentId, role, ...by, expiresAt });
      return {
        ticket,
        url: deps.webSocketUrl,
        expiresAt: new Date(expiresAt * 1000).toISOString(),
        agentId: caller.agentId,
      };
    },
    /**
     * Whether the ticket let this connection in. What it was asked with may have ended since: that is looked at when the
     * connection is kept, so that whoever ends a sign-in finds it, or it finds the sign-in ended. It hears nothing after
     * the sign-in's own end.
     */
    async connect(connection: string, ticket: string): Promise<boolean> {
      const grant = await deps.takeTicket(hashOf(ticket), seconds(deps.now()));
      if (grant === undefined) return false;
      const at = new Date(deps.now()).toISOString();
      const { tokenId, signInEndsAt = Number.POSITIVE_INFINITY } = grant;
      const until = Math.min(seconds(deps.now()) + CONNECTION_SECONDS, signInEndsAt);
      await deps.putConnection(grant, connection, at, until);
      if (tokenId !== undefined && (await deps.isStillIn(grant.tenant, tokenId))) return true;
      await deps.dropConnection(connection);
      return false;
    },
    /** What a desk says: which conversation it shows, `{"open": id}`, or that it shows none. Anything else is ignored. */
    async hear(connection: string, said: string): Promise<void> {
      const heard = Said.safeParse(parsed(said));
      if (heard.success) await deps.noteOpen(connection, heard.data.open ?? undefined);
    },
    disconnect: (connection: string): Promise<void> => deps.dropConnection(connection),
    readPhrases: phrases,
    /** Replaces the lists that are given; the team's are a supervisor's or a manager's to change. */
    async writePhrases(
      tenant: TenantId,
      caller: Caller,
      lists: { own?: DeskPhrase[] | undefined; team?: DeskPhrase[] | undefined },
    ) {
      if (lists.team !== undefined) mayWriteTeam(caller);
      for (const list of [lists.own, lists.team]) checkPhrases(list ?? []);
      if (lists.own !== undefined) await write(tenant, caller, 'own', lists.own);
      if (lists.team !== undefined) await write(tenant, caller, 'team', lists.team);
      return phrases(tenant, caller);
    },
    /** A list with what a file brings; `dryRun` only says what would become of it. */
    async importPhrases(
      tenant: TenantId,
      caller: Caller,
      { list, dryRun }: { list: 'own' | 'team'; dryRun: boolean },
      merge: (phrases: readonly DeskPhrase[]) => { list: DeskPhrase[]; report: PhraseImport },
    ): Promise<PhraseImport> {
      if (list === 'team') mayWriteTeam(caller);
      const { list: next, report } = merge((await phrases(tenant, caller))[list]);
      checkPhrases(next);
      if (!dryRun) await write(tenant, caller, list, next);
      return report;
    },
  };
}
