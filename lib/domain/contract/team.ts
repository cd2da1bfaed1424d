import * as z from 'zod';
import { AgentId, ConversationId } from '../ids.ts';
import { AgentRecord, AgentView, Presence } from '../routing.ts';
import { page, route } from './common.ts';
import { ConversationView } from './desk.ts';

const Here = z.object({
  presence: Presence,
  /** Until then (epoch ms) the agent counts as there without another word. */
  leaseUntil: z.number().optional(),
  agent: AgentView,
});

export const setPresence = route('PUT', '/v1/desk/presence', {
  summary: 'Online, away or off, and every 20 seconds a heartbeat',
  roles: ['agent'],
  /** `heartbeat`: still there; whether they are asked stays as last said, here, at another desk or by offers let pass. */
  body: z.object({ presence: Presence, heartbeat: z.boolean().optional() }),
  responses: {
    200: {
      description:
        'Noted for a minute. Online: conversations are offered. Away: none are, what is held stays. Off, or a minute of ' +
        'silence: who waits goes back to the front of the queue, the rest as if released',
      schema: Here,
    },
  },
});

export const readPresence = route('GET', '/v1/desk/presence', {
  summary: 'Whether one is online oneself',
  roles: ['agent'],
  responses: { 200: { description: 'As routing sees it', schema: Here } },
});

const inConversation = { params: z.object({ id: ConversationId }) };
const Changed = z.object({ head: ConversationView });

export const accept = route('POST', '/v1/desk/conversations/{id}/accept', {
  summary: 'Takes a conversation that one was offered',
  roles: ['agent'],
  ...inConversation,
  responses: { 200: { description: 'It is yours. 409: the offer has moved on', schema: Changed } },
});

export const decline = route('POST', '/v1/desk/conversations/{id}/decline', {
  summary: 'Lets an offer pass; the next agent is asked',
  roles: ['agent'],
  ...inConversation,
  responses: { 200: { description: 'Not yours (any more)', schema: Changed } },
});

export const takeOver = route('POST', '/v1/desk/conversations/{id}/take-over', {
  summary: 'Takes a conversation from whoever holds it',
  roles: ['supervisor'],
  ...inConversation,
  responses: { 200: { description: 'It is yours; the note says from whom', schema: Changed } },
});

export const listAgents = route('GET', '/v1/team/agents', {
  summary: 'The team: presence, skills, what each holds of what they can',
  roles: ['agent'],
  responses: { 200: { description: 'Everybody who has been at a desk, or was set up', schema: page(AgentView) } },
});

const { name, skills, languages, capacity } = AgentRecord.shape;

export const changeAgent = route('PUT', '/v1/team/agents/{id}', {
  summary: 'Sets up an agent: what is left out stays',
  roles: ['supervisor'],
  params: z.object({ id: AgentId }),
  /** No skills, or languages, are all of them. */
  body: z.strictObject({ name, skills, languages, capacity }),
  responses: { 200: { description: 'As set', schema: AgentView } },
});
