import type { Assist } from '../../../lib/domain/assist.ts';
import type { Message } from '../../../lib/domain/message.ts';
import { intentWords } from '../../intent-words.ts';
import { safeImage } from '../../safe-url.ts';
import { fill, words } from '../../words/words.ts';
import type { CueDesk } from '../cue-desk.ts';
import { t } from '../words.ts';
import { Ahead } from './ahead.tsx';
import { unreadMedia } from './kind.ts';

type LookProps = { desk: CueDesk; assist: Assist; messages: readonly Message[] };

/** A picture that nobody has read: it is shown, and what its sender probably wants is offered. */
export function Look({ desk, assist, messages }: LookProps) {
  const media = unreadMedia(assist, messages);
  const { look, lookVoice, lookWish } = t.value;
  const isHeard = media.every(({ kind }) => kind === 'voice');
  const { intent, act } = assist.understanding;
  // "Anyone there?" beside a picture says nothing of what is on it.
  const isTold = intent.name !== 'unknown' && act !== 'chase';
  const topic = intentWords(intent.name);
  return (
    <div class="look" data-testid="look">
      <p class="act-note">
        <strong>{isHeard ? lookVoice : look}</strong>
      </p>
      <div class="pictures">
        {media.map(({ url, kind, text }, at) => {
          const image = kind === 'image' ? safeImage(url) : undefined;
          return image === undefined ? null : (
            // Parts of a message never change their order.
            <a key={`${at}-${url}`} href={image} target="_blank" rel="noopener noreferrer">
              <img src={image} alt={text ?? words.value.part[kind]} />
            </a>
          );
        })}
      </div>
      {isTold ? <Ahead desk={desk} question={topic} label={fill(lookWish, { topic })} /> : null}
    </div>
  );
}
