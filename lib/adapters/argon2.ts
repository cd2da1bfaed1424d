/** Argon2id by hash-wasm: a well-kept WebAssembly build, so that no binary has to fit the platform. */
import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. RFC 9106 names the parameters. */
export const ARGON2 = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;
const SALT_BYTES = 16;

const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$/;

/** As a PHC string, with a salt of its own. */
export const hashPassword = (password: string): Promise<string> =>
  argon2id({ ...ARGON2, password, salt: randomBytes(SALT_BYTES), outputType: 'encoded' });

/** An empty password is nobody's; hash-wasm raises on one. */
export const verifyPassword = async (password: string, hash: string): Promise<boolean> =>
  password !== '' && argon2Verify({ password, hash });

/** Whether a hash was made with the parameters of now; one that was not is made again at the next sign-in. */
export function isCurrentHash(hash: string): boolean {
  const [, memory, passes, lanes] = PHC.exec(hash) ?? [];
  return (
    Number(memory) === ARGON2.memorySize && Number(passes) === ARGON2.iterations && Number(lanes) === ARGON2.parallelism
  );
}
