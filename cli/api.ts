import type { Io } from './command.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Sent = {
  json?: unknown;
  bytes?: Uint8Array;
  form?: FormData;
  query?: Readonly<Record<string, string | undefined>>;
};

/** The server's problem body, RFC 9457. `status` 0: nothing was reached. */
export class ApiError extends Error {
  override name = 'ApiError';
  readonly status: number;
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(status: number, message: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

export type Connection = { url: string; token: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function sentence(status: number, problem: Readonly<Record<string, unknown>>): string {
  const { detail, title, errors } = problem;
  const said = typeof detail === 'string' ? detail : typeof title === 'string' ? title : `HTTP ${status}`;
  const places = Array.isArray(errors) ? errors.filter(isRecord) : [];
  return [said, ...places.map(({ path, message }) => `  ${String(path)}: ${String(message)}`)].join('\n');
}

async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => ({}));
  const problem = isRecord(body) ? body : {};
  return new ApiError(response.status, sentence(response.status, problem), problem);
}

function bodyOf({ json, bytes, form }: Sent): { body?: BodyInit; type?: string } {
  if (form !== undefined) return { body: form };
  if (bytes !== undefined) return { body: new Uint8Array(bytes), type: 'application/octet-stream' };
  return json === undefined ? {} : { body: JSON.stringify(json), type: 'application/json' };
}

function withQuery(path: string, query: Sent['query'] = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

/** The public API with a token. Raises `ApiError`. */
export function createApi({ fetch }: Pick<Io, 'fetch'>, { url, token }: Connection) {
  const base = url.replace(/\/+$/, '');

  async function reach(address: string, init: RequestInit): Promise<Response> {
    const response = await fetch(address, init).catch((cause: unknown) => {
      throw new ApiError(0, `${base} was not reached: is it running? (${causeOf(cause)})`);
    });
    if (!response.ok) throw await refusal(response);
    return response;
  }

  function send(method: Method, path: string, sent: Sent = {}): Promise<Response> {
    const { body, type } = bodyOf(sent);
    const headers = { authorization: `Bearer ${token}`, ...(type === undefined ? {} : { 'content-type': type }) };
    return reach(`${base}${withQuery(path, sent.query)}`, { method, headers, ...(body === undefined ? {} : { body }) });
  }

  return {
    url: base,
    /** The answer's JSON; it comes from our own server, which parsed it against its contract. */
    async call<T>(method: Method, path: string, sent?: Sent): Promise<T> {
      const response = await send(method, path, sent);
      return (response.status === 204 ? undefined : await response.json()) as T;
    },
    async download(path: string, query?: Sent['query']): Promise<Uint8Array> {
      const response = await send('GET', path, query === undefined ? {} : { query });
      return new Uint8Array(await response.arrayBuffer());
    },
    /** A form to another place than the API, without the token: a presigned upload. */
    async post(address: string, form: FormData): Promise<void> {
      await reach(address, { method: 'POST', body: form });
    },
  };
}
export type Api = ReturnType<typeof createApi>;

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}
