/** How much of a file is read. All are far above what a knowledge base needs, and far below what hurts. */
export const LIMITS = {
  /** Of the file as it is sent. */
  bytes: 20 * 1024 * 1024,
  /** Data rows or items of a file, empty ones not counted. */
  rows: 50_000,
  columns: 200,
  /** Characters of one cell or value; a spreadsheet holds 32,767. A longer one costs its row. */
  cell: 100_000,
  /** Characters of all cells: one long text may stand in many of them. */
  characters: 64 * 1024 * 1024,
  sheets: 100,
  /** Bytes that a zipped file may grow to, all parts that are read together; they are never held at once. */
  expandedBytes: 128 * 1024 * 1024,
  zipParts: 5_000,
  /** Levels of lists and objects in one another. */
  depth: 64,
  /** A YAML document takes a hundred times its size to read. */
  yamlBytes: 4 * 1024 * 1024,
  /** Bytes of Markdown and HTML, whose readers may take quadratic time. */
  proseBytes: 8 * 1024 * 1024,
} as const;

const SHOWN_CHARACTERS = 200;

/** A value as a report shows it: bounded, and whole characters only. */
export const shown = (value: string): string =>
  value.length <= SHOWN_CHARACTERS ? value : `${value.slice(0, SHOWN_CHARACTERS).toWellFormed()}…`;

/** `1.5 MB`, for errors. */
export const megabytes = (bytes: number): string => `${Math.round((bytes / (1024 * 1024)) * 10) / 10} MB`;
