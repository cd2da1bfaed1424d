/** The closed set of ways a caller can be wrong or unlucky; `functions/support` maps each to an HTTP status. */
export type ErrorKind =
  | 'invalid' // the request does not have the right shape or value
  | 'unauthenticated' // no valid token or signature
  | 'forbidden' // a valid token of the wrong role or tenant
  | 'not_found'
  | 'conflict' // somebody else changed it first
  | 'too_large'
  | 'unsupported_media'
  | 'rate_limited'
  | 'unavailable'; // a dependency is down; try again

export type ErrorDetail = { path: string; message: string };

export class CuecardError extends Error {
  readonly kind: ErrorKind;
  readonly errors: readonly ErrorDetail[];
  /** What a problem body carries beside its own members (RFC 9457, 3.2): both versions of a conflict, for example. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    kind: ErrorKind,
    message: string,
    options: {
      errors?: readonly ErrorDetail[];
      members?: Readonly<Record<string, unknown>>;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CuecardError';
    this.kind = kind;
    this.errors = options.errors ?? [];
    this.members = options.members ?? {};
  }
}
