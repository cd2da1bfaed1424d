import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** Events with ids and counts, never customer text. */
export const logger = new Logger({ serviceName: 'cuecard' });
const metrics = new Metrics({ namespace: 'cuecard', serviceName: 'cuecard' });

/** Counts what an alarm watches; written at once, since a function may end right after. */
export function count(name: string): void {
  metrics.addMetric(name, MetricUnit.Count, 1);
  metrics.publishStoredMetrics();
}
