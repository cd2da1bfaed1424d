import type { Proposal } from '../../../lib/domain/gap.ts';
import { hashOf } from '../../route.ts';
import { Empty } from '../shell/empty.tsx';
import { Loaded, useResource } from '../shell/resource.tsx';
import { counted, moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { WordDiff } from '../shell/word-diff.tsx';
import { w } from './words.ts';

type Proposals = { items: Proposal[] };
const PATH = '/v1/knowledge/proposals';

/** Edits that agents made before sending, to be taken into the entry or not. */
export function Proposals({ shell }: { shell: Shell }) {
  const say = w.value;
  const proposals = useResource(() => shell.call('GET', `${PATH}?status=open`) as Promise<Proposals>, 'proposals');
  return (
    <Loaded of={proposals}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={say.proposalsNone}>
            <p>{say.proposalsHint}</p>
          </Empty>
        ) : (
          <ul class="gaps">
            {items.map((proposal) => (
              <ProposalView key={proposal.id} shell={shell} proposal={proposal} onChanged={proposals.reload} />
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

type ProposalProps = { shell: Shell; proposal: Proposal; onChanged: () => Promise<void> };

function ProposalView({ shell, proposal, onChanged }: ProposalProps) {
  const say = w.value;
  const { id, entryId, answer, before, after, count, evidence, status } = proposal;
  const settle = async (verb: 'accept' | 'reject') => {
    await shell.attempt(async () => {
      await shell.call('POST', `${PATH}/${encodeURIComponent(id)}/${verb}`, {});
      shell.say('good', verb === 'accept' ? say.accepted : say.rejected);
    });
    await onChanged();
  };
  const agents = [...new Set(evidence.map((one) => one.agentId))].join(', ');
  return (
    <li class="panel" data-testid="proposal">
      <div class="panel-head">
        <h3>
          <a class="link" href={hashOf('entries', entryId)}>
            {entryId}
          </a>{' '}
          <span class="muted">
            {say.answer} {answer + 1}
          </span>
        </h3>
        {status === 'open' ? null : <span class="chip">{say.statusOf[status] ?? status}</span>}
      </div>
      <p class="pre">
        <WordDiff before={before} after={after} />
      </p>
      <details class="small">
        <summary>{counted(say.evidence, count).replace('{agents}', agents)}</summary>
        <ul>
          {evidence.map(({ assistId, at, agentId, sent }) => (
            <li key={`${assistId} ${at}`}>
              <span class="muted">
                {moment(at)} · {agentId}:
              </span>{' '}
              {sent}
            </li>
          ))}
        </ul>
      </details>
      {status === 'open' ? (
        <div class="row-of">
          <button type="button" class="primary" data-testid="accept" onClick={() => void settle('accept')}>
            {say.accept}
          </button>
          <button type="button" onClick={() => void settle('reject')}>
            {say.reject}
          </button>
        </div>
      ) : (
        <p class="muted">{status === 'outdated' ? say.outdated : ''}</p>
      )}
    </li>
  );
}
