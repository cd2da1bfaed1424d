import type { ComponentChildren } from 'preact';
import type { Suggestion } from '../../lib/domain/assist.ts';
import type { ExplainedCandidate } from '../../lib/domain/explanation.ts';
import { conditionWords } from '../condition-words.ts';
import { percent, sureness } from '../format.ts';
import { safeLink } from '../safe-url.ts';
import { fill, words } from '../words/words.ts';
import type { Asked, CueTools } from './cue-tools.ts';
import { t } from './words.ts';

type ExplanationProps = { id: string; cue: CueTools; suggestion: Suggestion };

/** Why a reply is suggested, from what the card knows already; what matched in the message is asked for separately. */
export function Explanation({ id, cue, suggestion }: ExplanationProps) {
  const { source, confidence, condition, role } = suggestion;
  const { sourceIs, matched, heldWhen, wouldNeed, confidenceIs, confidenceWords } = t.value;
  const isEntry = source.kind === 'entry';
  const found = cue.matches.value[suggestion.id];
  return (
    <div class="explanation small" id={id} data-testid="explanation">
      <dl>
        {isEntry ? <Line name={matched}>{source.title}</Line> : null}
        <Line name={sourceIs}>
          <SourceLine source={source} />
        </Line>
        {condition === undefined ? null : (
          <Line name={role === 'variant' ? wouldNeed : heldWhen}>{conditionWords(condition)}</Line>
        )}
        <Line name={confidenceIs}>
          {fill(confidenceWords, { word: sureness(confidence), percent: spaced(confidence) })}
        </Line>
        {found?.state === 'there' ? <Match candidate={found.value} /> : null}
      </dl>
      {isEntry ? <AskMatch state={found?.state} onAsk={() => void cue.explain(suggestion)} /> : null}
    </div>
  );
}

/** Of a passage, the page that it stands in as well. */
function SourceLine({ source }: Pick<Suggestion, 'source'>) {
  const page = safeLink(source.url);
  if (source.kind === 'entry') return <code>{source.id}</code>;
  return (
    <>
      {words.value.source[source.kind]} · {source.title}
      {page === undefined ? null : (
        <>
          {' · '}
          <a href={page} target="_blank" rel="noopener noreferrer">
            {t.value.openPage}
          </a>
        </>
      )}
    </>
  );
}

type AskMatchProps = { state: Asked<unknown>['state'] | undefined; onAsk: () => void };

function AskMatch({ state, onAsk }: AskMatchProps) {
  const { showMatch, reading, matchFailed } = t.value;
  const said = state === 'failed' ? matchFailed : '';
  return (
    <>
      {state === undefined || state === 'failed' ? (
        <button type="button" class="quiet" data-testid="show-match" onClick={onAsk}>
          {showMatch}
        </button>
      ) : null}
      <p role="status" class="muted">
        {state === 'reading' ? reading : said}
      </p>
    </>
  );
}

/** "91 %": between number and sign as sentences have it. */
const spaced = (share: number): string => percent(share).replace('%', ' %');

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The heaviest pieces of text are enough to see what carried it. */
const PIECES = 5;

function Match({ candidate }: { candidate: ExplainedCandidate | undefined }) {
  const { matchedNearest, matchedWords, matchedExactly, noMatch } = t.value;
  const matched = candidate?.matched;
  if (candidate?.exact !== true && matched === undefined) return <Line name={matchedNearest}>{noMatch}</Line>;
  return (
    <>
      <Line name={matchedNearest}>
        {matched?.question ?? candidate?.question}{' '}
        {candidate?.exact === true
          ? `· ${matchedExactly}`
          : matched === undefined
            ? ''
            : `· ${spaced(matched.similarity)}`}
      </Line>
      {matched === undefined || matched.ngrams.length === 0 ? null : (
        <Line name={matchedWords}>
          {matched.ngrams
            .slice(0, PIECES)
            .map(({ text }) => `“${text}”`)
            .join(' ')}
        </Line>
      )}
    </>
  );
}
