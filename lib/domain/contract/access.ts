/** Who is let in: people, sign-in, sessions, tokens. Secrets travel in bodies and headers, never in an address. */
import * as z from 'zod';
import {
  CreatePerson,
  Me,
  OneTimeLink,
  PatchPerson,
  PersonView,
  SessionView,
  SignedIn,
  SignInRequest,
  TokenView,
  TypedPassword,
} from '../access.ts';
import { route } from './common.ts';

const admin = { roles: ['admin'] } as const;
const anyone = { roles: ['agent', 'manager'] } as const;
const Id = z.object({ id: z.string().regex(/^[a-z0-9]{1,32}$/, 'lower-case letters and digits') });
const items = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

export const readMe = route('GET', '/v1/me', {
  summary: 'Who you are, and what is open to you',
  ...anyone,
  responses: { 200: { description: 'You', schema: Me } },
});

export const signIn = route('POST', '/v1/sign-in', {
  summary: 'Signs a person in, by login and password or by a one-time link',
  body: SignInRequest,
  responses: {
    200: {
      description:
        'A bearer token that ends; 401 says the same whatever was wrong, 429 and 503 when to try again (`retry-after`, `retryAfterSeconds`)',
      schema: SignedIn,
    },
  },
});

export const signOut = route('POST', '/v1/sign-out', {
  summary: 'Ends the sign-in that asks',
  ...anyone,
  responses: {
    200: { description: 'Its token opens nothing any more', schema: z.object({ signedOut: z.literal(true) }) },
  },
});

export const setPassword = route('PUT', '/v1/me/password', {
  summary: 'Sets your password; every sign-in of yours ends, and a fresh one is given',
  ...anyone,
  body: z.strictObject({
    /** Needed where there is one. */
    current: TypedPassword.optional(),
    password: TypedPassword,
  }),
  responses: { 200: { description: 'The sign-in that takes the place of the one that asked', schema: SignedIn } },
});

export const createPerson = route('POST', '/v1/people', {
  summary: 'Makes a person, with a one-time link to let them in',
  ...admin,
  body: CreatePerson,
  responses: {
    201: {
      description: 'The link is shown this once: open the page at `#/sign-in/<ticket>`',
      schema: z.object({ person: PersonView, link: OneTimeLink }),
    },
  },
});

export const listPeople = route('GET', '/v1/people', {
  summary: 'The people of the tenant',
  ...admin,
  responses: { 200: { description: 'By login', schema: items(PersonView) } },
});

export const patchPerson = route('PATCH', '/v1/people/{id}', {
  summary: 'Renames, disables, gives another role; the last admin stays one',
  ...admin,
  params: Id,
  body: PatchPerson,
  responses: {
    200: { description: 'A new role or being disabled ends their sign-ins and personal tokens', schema: PersonView },
  },
});

export const removePerson = route('DELETE', '/v1/people/{id}', {
  summary: 'Removes a person with their sign-ins and personal tokens',
  ...admin,
  params: Id,
  responses: { 200: { description: 'Gone', schema: z.object({ removed: z.literal(true) }) } },
});

export const linkPerson = route('POST', '/v1/people/{id}/link', {
  summary: 'A fresh one-time link: it works once, for a day, and any before it no longer',
  ...admin,
  params: Id,
  responses: { 201: { description: 'Shown this once', schema: OneTimeLink } },
});

export const listSessions = route('GET', '/v1/sessions', {
  summary: "Your open sign-ins; an admin's list holds everybody's",
  ...anyone,
  responses: { 200: { description: 'Newest first', schema: items(SessionView) } },
});

export const revokeSession = route('DELETE', '/v1/sessions/{id}', {
  summary: "Ends one of your sign-ins; an admin may end anybody's",
  ...anyone,
  params: Id,
  responses: { 200: { description: 'Ended', schema: z.object({ revoked: z.literal(true) }) } },
});

export const listTokens = route('GET', '/v1/tokens', {
  summary: 'Personal tokens that are open, without their secrets',
  ...admin,
  responses: { 200: { description: 'By agent', schema: items(TokenView) } },
});

export const revokeToken = route('DELETE', '/v1/tokens/{id}', {
  summary: 'Revokes a personal token; the last way in of an admin stays',
  ...admin,
  params: Id,
  responses: { 200: { description: 'Revoked', schema: z.object({ revoked: z.literal(true) }) } },
});
