export class Late extends Error {}

/** What the work gives, or an error once `ms` have passed: a function that is cut off hard says nothing to anybody. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Late(`not done after ${Math.round(ms)} ms`)), Math.max(0, ms));
  });
  // The work may fail after we gave up on it; that failure has been told already.
  work.catch(() => undefined);
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
