import { lookup as resolve } from 'node:dns';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { CuecardError } from '../domain/error.ts';

/**
 * The one guarded way out to a URL that a tenant supplied. The address is checked when the socket connects, not before:
 * a name that resolves to a public address at the check and to a private one at the connect gains nothing.
 * Redirects are not followed. `allowLocal` is for one machine only.
 */
export type GuardedRequest = {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
  /** From the call to the last byte of the answer. */
  timeoutMs: number;
  allowLocal: boolean;
  /** A longer answer is cut off and raises. Absent: what is answered is not read. */
  maxBytes?: number;
};
export type GuardedPost = Omit<GuardedRequest, 'method' | 'maxBytes'> & { body: string };
export type GuardedAnswer = { status: number; headers: IncomingHttpHeaders; text: string };

/**
 * NAT64's well-known and local prefixes (RFC 6052, RFC 8215) and the deprecated IPv4-compatible form (RFC 4291, 2.5.5.1)
 * carry an IPv4 address that would have to be judged itself.
 */
const CARRIERS = ['64:ff9b::/96', '64:ff9b:1::/48', '::/96'].map((range) => ipaddr.parseCIDR(range));

/** Whether an address is one on the public internet: no loopback, private, link-local, unique-local or embedded form. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address.kind() === 'ipv6' && CARRIERS.some((range) => address.match(range))) return false;
  return address.range() === 'unicast';
}

const guardedLookup =
  (allowLocal: boolean): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const refused = addresses.find(({ address }) => !allowLocal && !isPublicAddress(address));
      const [first] = addresses;
      if (refused !== undefined || first === undefined) {
        return callback(new Error(`${hostname} is not a public address`), '', 0);
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };

/** The URL if it may be called at all. Raises `invalid` naming what is wrong. */
export function checkCallbackUrl(text: string, allowLocal: boolean): URL {
  const url = URL.parse(text);
  if (url === null) throw new CuecardError('invalid', `not a URL: ${text}`);
  if (url.protocol !== 'https:' && !(allowLocal && url.protocol === 'http:')) {
    throw new CuecardError('invalid', 'callbacks go to https addresses only');
  }
  if (url.username !== '' || url.password !== '') {
    throw new CuecardError('invalid', 'a callback URL carries no user or password');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowLocal && ipaddr.isValid(host) && !isPublicAddress(host)) {
    throw new CuecardError('invalid', 'callbacks go to public addresses only');
  }
  return url;
}

/** Asks once. Raises on a refused address, a timeout, a broken connection or an answer that is too long. */
export function guardedFetch(asked: GuardedRequest): Promise<GuardedAnswer> {
  const url = checkCallbackUrl(asked.url, asked.allowLocal);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const length = asked.body === undefined ? {} : { 'content-length': Buffer.byteLength(asked.body) };
  return new Promise((done, fail) => {
    const outgoing = request(
      url,
      {
        method: asked.method,
        headers: { ...asked.headers, ...length },
        lookup: guardedLookup(asked.allowLocal),
        signal: AbortSignal.timeout(asked.timeoutMs),
      },
      (answer) => {
        readAnswer(answer, asked.maxBytes).then(
          (text) => done({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
          fail,
        );
      },
    );
    outgoing.once('error', fail);
    outgoing.end(asked.body);
  });
}

async function readAnswer(answer: IncomingMessage, maxBytes: number | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    if (maxBytes === undefined) continue;
    bytes += chunk.length;
    if (bytes > maxBytes) {
      answer.destroy();
      throw new Error(`the answer is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Posts once and gives the status code. Raises as `guardedFetch` does. */
export const guardedPost = async (post: GuardedPost): Promise<number> =>
  (await guardedFetch({ method: 'POST', ...post })).status;
