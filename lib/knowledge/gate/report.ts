import type { ChangedQuestion, Comparison, ConfusedPair } from '../../domain/comparison.ts';
import type { TenantId } from '../../domain/ids.ts';
import { type ReleaseJob, ReleaseReport } from '../../domain/release.ts';
import type { ObjectStore } from '../../ports/objects.ts';
import { contentKey } from '../content-key.ts';

/**
 * What of a report stays beside the release: it is listed with many others and must stay far below what an item may hold
 * (400 KB). The whole lies in the object store.
 */
const EXAMPLES = 5;
const LISTED = 10;
const LENGTH = 200;

const cut = (text: string): string => (text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text);

const shortQuestion = (one: ChangedQuestion): ChangedQuestion => ({ ...one, text: cut(one.text) });

const shortComparison = (one: Comparison): Comparison => ({
  ...one,
  examples: one.examples.slice(0, EXAMPLES).map(shortQuestion),
});

const shortPair = (pair: ConfusedPair): ConfusedPair => ({
  ...pair,
  questions: pair.questions.slice(0, EXAMPLES).map(cut),
});

/** The report as it is kept with the release. Counts stay what they are. */
export function shortReport(report: ReleaseReport): ReleaseReport {
  const { golden, own, recent, pairs, expiring, conflicts } = report;
  return {
    ...report,
    lost: report.lost.slice(0, LISTED).map((one) => ({ ...one, text: cut(one.text) })),
    ...(golden === undefined ? {} : { golden: shortComparison(golden) }),
    ...(own === undefined ? {} : { own: shortComparison(own) }),
    ...(recent === undefined ? {} : { recent: shortComparison(recent) }),
    ...(pairs === undefined ? {} : { pairs: pairs.slice(0, LISTED).map(shortPair) }),
    ...(expiring === undefined ? {} : { expiring: expiring.slice(0, LISTED) }),
    ...(conflicts === undefined
      ? {}
      : { conflicts: conflicts.slice(0, LISTED).map((one) => ({ ...one, question: cut(one.question) })) }),
  };
}

/** The object that the whole report is kept in; what stays with the release is the short one and the object's key. */
export function reportObject(tenant: TenantId, report: ReleaseReport): { key: string; bytes: Uint8Array } {
  const bytes = new TextEncoder().encode(JSON.stringify(report));
  return { key: contentKey('reports', tenant, bytes), bytes };
}

/** The whole report of a release; the short one where the whole cannot be read, undefined before there is any. */
export async function readReport(
  objects: Pick<ObjectStore, 'get'>,
  { report, reportKey }: Pick<ReleaseJob, 'report' | 'reportKey'>,
): Promise<ReleaseReport | undefined> {
  const bytes = reportKey === undefined ? undefined : await objects.get(reportKey);
  if (bytes === undefined) return report;
  const whole = ReleaseReport.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return whole.success ? whole.data : report;
}
