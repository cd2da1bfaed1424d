import type { ColumnMapping, ImportMode, ImportReport } from '../../../lib/domain/import-job.ts';

/** What is read: entries of the knowledge, or products of the catalogue. */
export type ImportWhat = 'knowledge' | 'catalog';
export type ImportWish = { what: ImportWhat; mode: ImportMode; language: '' | 'zh' | 'en'; mapping: ColumnMapping };
export type Report = ImportReport;

export const isRunning = ({ status }: Report): boolean =>
  status === 'queued' || status === 'running' || status === 'waiting';
