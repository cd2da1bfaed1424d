import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { CustomerPane } from './customer/customer-pane.tsx';
import type { Player } from './customer/player.ts';
import { CloseDialog } from './desk/close-dialog.tsx';
import { ConversationView } from './desk/conversation.tsx';
import { CueCard } from './desk/cue-card.tsx';
import { LostLine, OffDialog } from './desk/presence.tsx';
import { Queue } from './desk/queue.tsx';
import { TransferDialog } from './desk/transfer-dialog.tsx';
import type { Desk } from './desk-store.ts';
import { Help } from './help.tsx';
import type { KeyRow } from './help-dialog.tsx';
import type { LiveState } from './live.ts';
import { words } from './words/words.ts';

export type AtDesk = { desk: Desk; player: Player; live: Signal<LiveState> };

/** On a narrow screen one of these shows at a time. */
type View = 'customer' | 'queue' | 'chat' | 'card';
const view = signal<View>('queue');
/** The customer to play, for demonstrations: at the side while it is open. */
export const playing = signal(true);

type DeskPageProps = { atDesk: AtDesk; now: ReadonlySignal<number>; elsewhere: readonly KeyRow[] };

export function DeskPage({ atDesk: { desk, player, live }, now, elsewhere }: DeskPageProps) {
  const isPlaying = player.canPlay && playing.value;
  const shown = view.value === 'customer' && !isPlaying ? 'queue' : view.value;
  return (
    <>
      <OfflineLine desk={desk} live={live.value} />
      <LostLine desk={desk} />
      <main class={`columns ${isPlaying ? 'with-customer' : ''}`} data-view={shown}>
        {isPlaying ? <CustomerPane player={player} /> : null}
        <Queue
          desk={desk}
          now={now}
          onPick={() => {
            view.value = 'chat';
          }}
        />
        <ConversationView desk={desk} now={now} />
        <CueCard desk={desk} />
      </main>
      <Views desk={desk} isPlaying={isPlaying} shown={shown} />
      <NoticeLine desk={desk} />
      <Asked desk={desk} elsewhere={elsewhere} />
    </>
  );
}

/** The dialog that is asked for. */
function Asked({ desk, elsewhere }: { desk: Desk; elsewhere: readonly KeyRow[] }) {
  const asking = desk.asking.value;
  if (asking === 'transfer') return <TransferDialog desk={desk} />;
  if (asking === 'close') return <CloseDialog desk={desk} />;
  if (asking === 'off') return <OffDialog desk={desk} />;
  return <Help desk={desk} elsewhere={elsewhere} />;
}

type ViewsProps = { desk: Desk; isPlaying: boolean; shown: View };

/** The bar below a narrow screen, with how much waits behind each. */
function Views({ desk, isPlaying, shown }: ViewsProps) {
  const { ui, desk: say } = words.value;
  const waiting = desk.section('offered').length + desk.section('waiting').length;
  const views: [View, string][] = [
    ...(isPlaying ? ([['customer', ui.viewCustomer]] as [View, string][]) : []),
    ['queue', ui.viewQueue],
    ['chat', ui.viewChat],
    ['card', say.viewCard],
  ];
  return (
    <nav class="views" aria-label={ui.desk}>
      {views.map(([name, label]) => (
        <button
          key={name}
          type="button"
          class={`view-${name}`}
          aria-pressed={shown === name}
          onClick={() => {
            view.value = name;
          }}
        >
          {label}
          {name === 'queue' && waiting > 0 ? <span class="view-count">{waiting}</span> : null}
        </button>
      ))}
    </nav>
  );
}

/** Nothing is reached: said where nobody overlooks it, with what becomes of what is sent meanwhile. */
function OfflineLine({ live }: { desk: Desk; live: LiveState }) {
  return (
    <div role="status" data-testid="offline-place">
      {live === 'offline' ? <p class="offline-line">{words.value.desk.offlineBanner}</p> : null}
    </div>
  );
}

function NoticeLine({ desk }: { desk: Desk }) {
  const notice = desk.notice.value;
  return (
    <div class="notice-place" role="status" aria-live="polite">
      {notice === undefined ? null : <p class={`notice ${notice.tone}`}>{notice.text}</p>}
    </div>
  );
}

/** What is put into the reply is looked at there, also where the card is another column. Returns what stops it. */
export function followReply(desk: Desk): () => void {
  let before = '';
  return effect(() => {
    const { text } = desk.draft.value;
    const isPut = text !== before && text !== '';
    before = text;
    if (isPut && view.peek() === 'card') view.value = 'chat';
  });
}

/** Opens the column where somebody who has come to play a customer begins. */
export function startView(canPlay: boolean): void {
  view.value = canPlay ? 'customer' : 'queue';
}
