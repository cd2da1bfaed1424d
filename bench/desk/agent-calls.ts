/** What an agent's desk asks of the server, and what is kept of how it went. */
import { ApiError, type Call, createApi } from '../../console/api.ts';
import type { Http } from '../stack/webhook.ts';

export type AgentPlace = { baseUrl: string; agentId: string; token: string };
export type Tally = {
  /** From a hint that a conversation of ours has a new assist to the answer that holds it (ms). */
  readMs: number[];
  /** From the first sight of an offer to it being ours (ms). */
  acceptMs: number[];
  /** Ids of replies that were accepted for delivery. */
  sent: string[];
  closed: number;
  reconnects: number;
  /** Answers that were neither a success nor a refusal by ownership, by what was asked. */
  failures: Record<string, number>;
};

export const emptyTally = (): Tally => ({ readMs: [], acceptMs: [], sent: [], closed: 0, reconnects: 0, failures: {} });

/** Somebody else was faster. */
const REFUSALS = [404, 409];

function failureOf(error: unknown): string | undefined {
  if (!(error instanceof ApiError)) return String(error);
  return REFUSALS.includes(error.status) ? undefined : `${error.status} ${error.message}`;
}

/** The page's own calls; `ask` gives what one gave, and undefined for a refusal and for a failure, which is noted. */
export function callsOf(http: Http, { baseUrl, token }: AgentPlace, tally: Tally) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  function note(what: string): void {
    tally.failures[what] = (tally.failures[what] ?? 0) + 1;
  }
  const call: Call = async (method, path, body) => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const { status, text } = await http.call(method, `${baseUrl}${path}`, headers, sent);
    if (status >= 200 && status < 300 && !text.includes('"errorType"')) return JSON.parse(text);
    throw new ApiError(status, text.slice(0, 120));
  };
  async function ask<T>(what: string, asked: Promise<T>): Promise<T | undefined> {
    try {
      return await asked;
    } catch (error) {
      const failure = failureOf(error);
      if (failure !== undefined) note(`${what} ${failure}`);
      return undefined;
    }
  }
  return { api: createApi(call), ask, note };
}
