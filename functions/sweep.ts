import * as z from 'zod';
import { sweeping } from '../lib/app/messages.ts';
import { background } from './support/background.ts';

/** Once a minute; what it is called with does not matter. */
export const handler = background('sweep', z.unknown(), async () => (await sweeping())());
