import type { ComponentChildren } from 'preact';
import type { SessionView, TokenView } from '../../../lib/domain/access.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { w } from './words.ts';

type WaysInProps<Way> = {
  shell: Shell;
  kind: 'sessions' | 'tokens';
  title: string;
  lead: string;
  none: string;
  /** What the button says that ends one. */
  end: string;
  columns: readonly (readonly [heading: string, cell: (way: Way) => ComponentChildren])[];
};

/** What lets somebody in just now, each with a button that ends it. */
function WaysIn<Way extends { id: string }>({ shell, kind, title, lead, none, end, columns }: WaysInProps<Way>) {
  const held = useResource(() => shell.call('GET', `/v1/${kind}`) as Promise<{ items: Way[] }>, kind);
  const finish = async (id: string) => {
    await shell.attempt(() => shell.call('DELETE', `/v1/${kind}/${id}`));
    await held.reload();
  };
  const table = (items: readonly Way[]) => (
    <TableWrap label={title}>
      <table class="table">
        <thead>
          <tr>
            {[...columns.map(([heading]) => heading), w.value.actions].map((heading) => (
              <th key={heading}>{heading}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((way) => (
            <tr key={way.id}>
              {columns.map(([heading, cell]) => (
                <td key={heading}>{cell(way)}</td>
              ))}
              <td>
                <button type="button" class="danger" onClick={() => void finish(way.id)}>
                  {end}
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableWrap>
  );
  return (
    <section class="ways-in">
      <h3>{title}</h3>
      <p class="muted small">{lead}</p>
      <Loaded of={held}>{({ items }) => (items.length === 0 ? <p class="muted">{none}</p> : table(items))}</Loaded>
    </section>
  );
}

/** Who is signed in, and from when to when. */
export function Sessions({ shell }: { shell: Shell }) {
  const say = w.value;
  const name = ({ name: called, agentId, current }: SessionView) => (
    <>
      {called ?? agentId} {current ? <span class="muted small">({say.current})</span> : null}
    </>
  );
  return (
    <WaysIn<SessionView>
      shell={shell}
      kind="sessions"
      title={say.sessions}
      lead={say.sessionsLead}
      none={say.noSessions}
      end={say.end}
      columns={[
        [say.name, name],
        [say.since, ({ createdAt }) => (createdAt === undefined ? '' : moment(createdAt))],
        [say.until, ({ expiresAt }) => moment(expiresAt)],
      ]}
    />
  );
}

/** Tokens by which programs and people call without signing in. */
export function Tokens({ shell }: { shell: Shell }) {
  const say = w.value;
  return (
    <WaysIn<TokenView>
      shell={shell}
      kind="tokens"
      title={say.tokens}
      lead={say.tokensLead}
      none={say.noTokens}
      end={say.revoke}
      columns={[
        [say.token, ({ id }) => <code>{id}</code>],
        [say.agentId, ({ name, agentId }) => name ?? agentId],
        [say.role, ({ role }) => (role === 'operator' ? role : say[role])],
      ]}
    />
  );
}
