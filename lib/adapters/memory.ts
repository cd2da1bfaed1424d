/** What a warm instance remembers between calls: never the truth, always rebuilt. */

/** Runs once; a failure is forgotten so that the next caller tries again. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

/** Remembers what `read` gave for a key for `ttlMs`; calls under way are shared, failures are not kept. */
export function remembered<Value>(
  read: (key: string) => Promise<Value>,
  { ttlMs, limit, now }: { ttlMs: number; limit: number; now: () => number },
): (key: string) => Promise<Value> {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return (key) => {
    const found = kept.get(key);
    if (found !== undefined && found.until > now()) return found.value;
    const value = read(key);
    kept.delete(key);
    kept.set(key, { value, until: now() + ttlMs });
    value.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return value;
  };
}

/**
 * Shares what `read` gives among those who ask while it is read, and for `times` as long as that took, `mostMs` at most:
 * seldom read it is as good as fresh, and however many ask, reading takes no more than its share of the time.
 */
export function sharing<Value>(
  read: (key: string) => Promise<Value>,
  { times, mostMs, limit, now }: { times: number; mostMs: number; limit: number; now: () => number },
): (key: string) => Promise<Value> {
  const kept = new Map<string, { value: Promise<Value>; until: number }>();
  return (key) => {
    const found = kept.get(key);
    if (found !== undefined && now() < found.until) return found.value;
    const started = now();
    const one = { value: read(key), until: Number.POSITIVE_INFINITY };
    kept.delete(key);
    kept.set(key, one);
    const end = (): void => {
      one.until = now() + Math.min(mostMs, (now() - started) * times);
    };
    one.value.then(end, () => kept.get(key) === one && kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return one.value;
  };
}

/** Least recently used values up to `maxBytes`; the newest is kept however large it is. */
export function byBytes<Value>(
  read: (key: string) => Promise<{ value: Value; bytes: number } | undefined>,
  maxBytes: number,
): (key: string) => Promise<Value | undefined> {
  const kept = new Map<string, { value: Value; bytes: number }>();
  const reading = new Map<string, Promise<Value | undefined>>();
  let total = 0;
  const keep = (key: string, found: { value: Value; bytes: number }): void => {
    kept.set(key, found);
    total += found.bytes;
    for (const [oldest, { bytes }] of kept) {
      if (total <= maxBytes || oldest === key) break;
      kept.delete(oldest);
      total -= bytes;
    }
  };
  const load = async (key: string): Promise<Value | undefined> => {
    const found = await read(key);
    if (found !== undefined) keep(key, found);
    return found?.value;
  };
  return (key) => {
    const found = kept.get(key);
    if (found !== undefined) {
      kept.delete(key);
      kept.set(key, found);
      return Promise.resolve(found.value);
    }
    const started = reading.get(key) ?? load(key).finally(() => reading.delete(key));
    reading.set(key, started);
    return started;
  };
}

/**
 * A token bucket a key (Turner 1986): `perSecond` on average, `burst` at once. Says whether so many more may pass; more than
 * `burst` pass when nothing has for long, and are paid for afterwards. It counts for this instance alone: the gateway's
 * throttle bounds the sum, this keeps one caller from taking an instance over.
 */
export function tokenBucket({
  perSecond,
  burst,
  limit,
  now,
}: {
  perSecond: number;
  burst: number;
  limit: number;
  now: () => number;
}): (key: string, amount?: number) => boolean {
  const kept = new Map<string, { tokens: number; at: number }>();
  return (key, amount = 1) => {
    const at = now();
    const known = kept.get(key) ?? { tokens: burst, at };
    const tokens = Math.min(burst, known.tokens + ((at - known.at) / 1_000) * perSecond);
    const passes = tokens >= Math.min(amount, burst);
    kept.delete(key);
    kept.set(key, { tokens: passes ? tokens - amount : tokens, at });
    const [oldest] = kept.keys();
    if (kept.size > limit && oldest !== undefined) kept.delete(oldest);
    return passes;
  };
}
