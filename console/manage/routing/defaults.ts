import type { DEFAULT_ROUTING as Default } from '../../../lib/domain/routing.ts';

/** What holds where nothing is set; a copy, because the original stands among schemas, which no page loads. */
export const DEFAULT_ROUTING: typeof Default = {
  mode: 'offer',
  offerMs: 30_000,
  overflowMs: 120_000,
  capacity: 5,
  stickyMs: 604_800_000,
  maxWaiting: 1_000,
  tellEveryMs: 120_000,
  skills: [],
  priorities: {},
  sla: [{ firstResponseMs: 60_000, warnBeforeMs: 20_000 }],
  peak: {},
  selfService: [],
};

/** And of the other settings, as far as a page shows them. */
export const DEFAULTS = {
  visibility: 'all',
  sessionHours: 12,
  keepReleases: 20,
  learning: { enabled: false },
  model: { enabled: true },
} as const;
