import * as z from 'zod';

export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;
