import { useSignal } from '@preact/signals';
import type { TranscriptReport, TranscriptTopic } from '../../../lib/domain/transcript.ts';
import { hashOf } from '../../route.ts';
import { fill } from '../../words/words.ts';
import { counted } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { w } from './words.ts';

const EXAMPLES = 4;

type TopicsProps = { shell: Shell; report: TranscriptReport; onChanged: () => Promise<void> };

const canDraft = ({ proposal, drafted }: TranscriptTopic): boolean => proposal !== undefined && !drafted;

/** The topics by how often they are asked; picked ones become draft entries together. */
export function Topics({ shell, report: { id, topics }, onChanged }: TopicsProps) {
  const say = w.value;
  const picked = useSignal<ReadonlySet<string>>(new Set());
  const onlyOpen = useSignal(true);
  const pick = (topic: string, on: boolean) => {
    const next = new Set(picked.value);
    if (on) next.add(topic);
    else next.delete(topic);
    picked.value = next;
  };
  const draft = async () => {
    const chosen = [...picked.value];
    const path = `/v1/knowledge/transcripts/${encodeURIComponent(id)}/drafts`;
    const done = await shell.attempt(async () => {
      await shell.call('POST', path, { topics: chosen });
      return true;
    });
    if (done === undefined) return;
    shell.say('good', counted(say.made, chosen.length));
    picked.value = new Set();
    await onChanged();
  };
  const shown = topics.filter(({ covered }) => !onlyOpen.value || covered !== 'yes');
  return (
    <section class="panel" data-testid="topics">
      <div class="panel-head">
        <h3>{say.topics}</h3>
        <label class="row-of">
          <input
            type="checkbox"
            checked={onlyOpen.value}
            onChange={(event) => {
              onlyOpen.value = event.currentTarget.checked;
            }}
          />
          {say.onlyOpen}
        </label>
        <button
          type="button"
          class="primary"
          data-testid="make-drafts"
          disabled={picked.value.size === 0}
          onClick={() => void draft()}
        >
          {counted(say.makeDrafts, picked.value.size)}
        </button>
      </div>
      <ul class="topics">
        {shown.map((topic) => (
          <Topic key={topic.id} topic={topic} picked={picked.value.has(topic.id)} onPick={(on) => pick(topic.id, on)} />
        ))}
      </ul>
    </section>
  );
}

type TopicProps = { topic: TranscriptTopic; picked: boolean; onPick: (on: boolean) => void };

function Topic({ topic, picked, onPick }: TopicProps) {
  const say = w.value;
  const { title, language, count, covered, nearest, examples, replies, drafted } = topic;
  const coveredWords = { yes: say.coveredYes, partly: say.coveredPartly, no: say.coveredNo }[covered];
  const tone = { yes: 'good', partly: '', no: 'warm' }[covered];
  const lang = language === 'zh' ? 'zh-CN' : 'en';
  return (
    <li class="topic" data-testid="topic">
      <input
        type="checkbox"
        aria-label={`${say.pick}: ${title}`}
        disabled={!canDraft(topic)}
        checked={picked}
        onChange={(event) => onPick(event.currentTarget.checked)}
      />
      <details>
        <summary>
          <span class="topic-title" lang={lang}>
            {title}
          </span>{' '}
          <span class="number">{counted(say.times, count)}</span> <span class={`chip ${tone}`}>{coveredWords}</span>{' '}
          {drafted ? <span class="chip good">{say.drafted}</span> : null}
        </summary>
        <ul class="small" lang={lang}>
          {examples.slice(0, EXAMPLES).map((example) => (
            <li key={example}>{example}</li>
          ))}
        </ul>
        {replies.length === 0 ? null : (
          <>
            <h4 class="small muted">{say.answersBy}</h4>
            <ul class="small" lang={lang}>
              {replies.slice(0, EXAMPLES).map((reply) => (
                <li key={reply.text} class="pre">
                  {reply.text} <span class="muted">{counted(say.times, reply.count)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
        {nearest === undefined ? null : (
          <p class="small">
            <a class="link" href={hashOf('entries', nearest.entryId)}>
              {fill(say.nearest, { question: nearest.question })}
            </a>
          </p>
        )}
      </details>
    </li>
  );
}
