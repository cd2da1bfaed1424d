/** Who is let in: people, sign-in, sessions, tokens. Secrets travel in bodies and headers, never in an address. */
import { Me } from '../access.ts';
import { route } from './common.ts';

export const readMe = route('GET', '/v1/me', {
  summary: 'Who you are, and what is open to you',
  roles: ['agent', 'manager'],
  responses: { 200: { description: 'You', schema: Me } },
});
