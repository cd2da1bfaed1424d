import * as z from 'zod';

/** Long work that the function `work` does and the sweep starts again until it is finished. */
export const JobKind = z.enum(['import', 'release', 'evaluation', 'transcript', 'gaps', 'collect', 'erasure']);
export type JobKind = z.infer<typeof JobKind>;
