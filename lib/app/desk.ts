/** The agent's desk: its room, its way onto the WebSocket, its phrases. */
import { randomBytes } from 'node:crypto';
import { once, sharing } from '../adapters/memory.ts';
import type { DeskRoomDeps } from '../assist/desk.ts';
import type { Owner } from '../domain/conversation.ts';
import type { ConversationStore } from '../ports/conversations.ts';
import type { Doors } from '../tenants/tokens.ts';
import { now, settings, start, table } from './clients.ts';
import { talliedRoom } from './counts.ts';
import { readProducts, readTenant, tenantStore } from './library.ts';
import { conversationDeps } from './messages.ts';

type List = ConversationStore['list'];
const EVERYBODYS: ReadonlySet<Owner> = new Set<Owner>(['queue', 'bot']);
const LISTS = { times: 4, mostMs: 1_000, limit: 1_000, now };

/** The lists that every desk of a team reads over and over are read once for those who ask at the same time. */
function sharedLists(list: List): List {
  const read = sharing((key: string) => list(...(JSON.parse(key) as Parameters<List>)), LISTS);
  return (tenant, owner, limit, cursor) =>
    EVERYBODYS.has(owner)
      ? read(JSON.stringify(cursor === undefined ? [tenant, owner, limit] : [tenant, owner, limit, cursor]))
      : list(tenant, owner, limit, cursor);
}

/** What an agent sees and does. */
export const desk = /* @__PURE__ */ once(async () => {
  const [{ deskRoom }, shared, theStart] = await Promise.all([
    import('../assist/desk.ts'),
    conversationDeps(),
    start(),
  ]);
  const { conversations: kept } = shared;
  const lists = { ...kept, list: sharedLists(kept.list) };
  const deps: DeskRoomDeps = { ...shared, conversations: lists, start: theStart, readTenant, readProducts };
  return talliedRoom(deskRoom(deps));
});

/** A desk's way onto the WebSocket, its phrases. */
export const deskSession = /* @__PURE__ */ once(async () => {
  const [store, theTable, { websocketUrl }, session, { stillOpens }, tenants, people] = await Promise.all([
    import('../adapters/dynamodb/desk.ts'),
    table(),
    settings(),
    import('../tenants/desk-session.ts'),
    import('../tenants/tokens.ts'),
    tenantStore(),
    import('../adapters/dynamodb/people.ts'),
  ]);
  // As it stands in the table, not as it was remembered a second ago.
  const doors: Doors = {
    token: (...which) => tenants.readToken(theTable, ...which),
    person: (...who) => people.readPerson(theTable, ...who),
    now,
  };
  return session.deskSession({
    putTicket: (hash, grant) => store.putTicket(theTable, hash, grant),
    takeTicket: (hash, seconds) => store.takeTicket(theTable, hash, seconds),
    putConnection: (...connection) => store.putConnection(theTable, ...connection),
    isStillIn: (tenant, tokenId) => stillOpens(doors, tenant, tokenId),
    noteOpen: (connection, conversation) => store.noteOpen(theTable, connection, conversation),
    dropConnection: (connection) => store.dropConnection(theTable, connection),
    readPhrases: (tenant, owner) => store.readPhrases(theTable, tenant, owner),
    writePhrases: (tenant, owner, phrases) => store.writePhrases(theTable, tenant, owner, phrases),
    webSocketUrl: websocketUrl ?? '',
    random: randomBytes,
    now,
  });
});
