import type { Release } from '../../../lib/domain/release.ts';
import { w } from './words.ts';

/** What keeps it from going live, in the gate's own words; or that nothing does. */
export function Blockers({ release }: { release: Release }) {
  const say = w.value;
  const blockers = release.report?.blockers;
  if (blockers === undefined || release.status === 'superseded' || release.status === 'live') return null;
  if (blockers.length === 0) {
    return (
      <section class="callout good" data-testid="passed">
        <strong>{say.passed}</strong>
        <p>{say.passedHint}</p>
      </section>
    );
  }
  return (
    <section class="callout bad" data-testid="blockers" aria-labelledby="blockers-title">
      <h3 id="blockers-title">{say.blockers}</h3>
      <ul>
        {blockers.map(({ kind, detail }) => (
          <li key={`${kind} ${detail}`}>
            <strong>{say.blockerKinds[kind] ?? kind}.</strong> {detail}
          </li>
        ))}
      </ul>
      <p>{say.blockersHint}</p>
    </section>
  );
}
