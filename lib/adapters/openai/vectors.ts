import * as z from 'zod';
import { CuecardError } from '../../domain/error.ts';

/**
 * Lenient: compatible servers leave out `index`, `usage`, and answer floats where base64 was asked for. Thousands of
 * numbers are checked where they are converted, not by schema.
 */
const Answer = z.object({
  data: z.array(
    z.object({
      index: z.number().int().nullish(),
      embedding: z.union([z.string(), z.custom<unknown[]>((value) => Array.isArray(value))]),
    }),
  ),
  usage: z.object({ total_tokens: z.number().nullish(), prompt_tokens: z.number().nullish() }).nullish(),
});

const malformed = (why: string): CuecardError => new CuecardError('unavailable', `malformed answer: ${why}`);

/** Little-endian float32 in base64, whatever this machine's byte order. */
function decode(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, place) => view.getFloat32(place * 4, true));
}

/** Scaled to length 1: providers promise it and round, compatible servers often do not. Raises `unavailable`. */
export function toUnit(vector: Float32Array, dimensions: number): Float32Array {
  if (vector.length !== dimensions) throw malformed(`${vector.length} dimensions instead of ${dimensions}`);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  if (!Number.isFinite(length) || length === 0) throw malformed('a vector without direction');
  return vector.map((value) => value / length);
}

const toNumber = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** Vectors in the order of the `count` texts, and the tokens used. Raises `unavailable`, or a zod error. */
export function readEmbeddings(
  answer: unknown,
  count: number,
  dimensions: number,
): { vectors: Float32Array[]; tokens: number | undefined } {
  const { data, usage } = Answer.parse(answer);
  if (data.length !== count) throw malformed(`${data.length} vectors for ${count} texts`);
  const vectors: Float32Array[] = [];
  for (const [position, { index, embedding }] of data.entries()) {
    const place = index ?? position;
    if (place < 0 || place >= count || vectors[place] !== undefined) throw malformed(`index ${place} of ${count}`);
    const vector = typeof embedding === 'string' ? decode(embedding) : Float32Array.from(embedding, toNumber);
    vectors[place] = toUnit(vector, dimensions);
  }
  return { vectors, tokens: usage?.total_tokens ?? usage?.prompt_tokens ?? undefined };
}
