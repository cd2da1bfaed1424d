import * as z from 'zod';

/** A form that lets its holder put one file, by multipart POST: these fields first, then the file as `file`. */
export const UploadForm = z.object({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  maxBytes: z.number().int().positive(),
  expiresAt: z.iso.datetime(),
});
export type UploadForm = z.infer<typeof UploadForm>;
