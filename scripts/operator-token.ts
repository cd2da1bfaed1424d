/** Makes an operator token: the token goes to stderr, once; its hash, which a deployment is told, to stdout. */
import { createHash, randomBytes } from 'node:crypto';

const secret = randomBytes(32).toString('hex');
console.error(`Operator token (kept nowhere, note it down): cc_operator_main_${secret}`);
console.log(createHash('sha256').update(secret).digest('hex'));
