import { signal } from '@preact/signals';
import type { ApiError } from '../../api.ts';

export type Notice = { tone: 'good' | 'bad'; text: string; error?: ApiError };

/** What has just happened. A dialog shows it too: what lies behind one cannot be reached. */
export const notice = signal<Notice | undefined>(undefined);
