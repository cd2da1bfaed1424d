import type { SessionView, TokenView } from '../../../lib/domain/access.ts';
import { Loaded, useResource } from '../shell/resource.tsx';
import { moment } from '../shell/say.ts';
import type { Shell } from '../shell/shell.ts';
import { TableWrap } from '../shell/table-wrap.tsx';
import { w } from './words.ts';

type Kind = 'sessions' | 'tokens';

function useWaysIn<Way>(shell: Shell, kind: Kind) {
  const held = useResource(() => shell.call('GET', `/v1/${kind}`) as Promise<{ items: Way[] }>, kind);
  const end = async (id: string) => {
    await shell.attempt(() => shell.call('DELETE', `/v1/${kind}/${id}`));
    await held.reload();
  };
  return { held, end };
}

/** Who is signed in, and from when to when. */
export function Sessions({ shell }: { shell: Shell }) {
  const say = w.value;
  const { held, end } = useWaysIn<SessionView>(shell, 'sessions');
  return (
    <section class="ways-in">
      <h3>{say.sessions}</h3>
      <p class="muted small">{say.sessionsLead}</p>
      <Loaded of={held}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{say.noSessions}</p>
          ) : (
            <TableWrap label={say.sessions}>
              <table class="table">
                <thead>
                  <tr>
                    <th>{say.name}</th>
                    <th>{say.since}</th>
                    <th>{say.until}</th>
                    <th>{say.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ id, name, agentId, createdAt, expiresAt, current }) => (
                    <tr key={id}>
                      <td>
                        {name ?? agentId} {current ? <span class="muted small">({say.current})</span> : null}
                      </td>
                      <td>{createdAt === undefined ? '' : moment(createdAt)}</td>
                      <td>{moment(expiresAt)}</td>
                      <td>
                        <button type="button" onClick={() => void end(id)}>
                          {say.end}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableWrap>
          )
        }
      </Loaded>
    </section>
  );
}

/** Tokens by which programs and people call without signing in. */
export function Tokens({ shell }: { shell: Shell }) {
  const say = w.value;
  const { held, end } = useWaysIn<TokenView>(shell, 'tokens');
  return (
    <section class="ways-in">
      <h3>{say.tokens}</h3>
      <p class="muted small">{say.tokensLead}</p>
      <Loaded of={held}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{say.noTokens}</p>
          ) : (
            <TableWrap label={say.tokens}>
              <table class="table">
                <thead>
                  <tr>
                    <th>{say.token}</th>
                    <th>{say.agentId}</th>
                    <th>{say.role}</th>
                    <th>{say.actions}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map(({ id, agentId, name, role }) => (
                    <tr key={id}>
                      <td>
                        <code>{id}</code>
                      </td>
                      <td>{name ?? agentId}</td>
                      <td>{role === 'operator' ? role : say[role]}</td>
                      <td>
                        <button type="button" class="danger" onClick={() => void end(id)}>
                          {say.revoke}
                        </button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </TableWrap>
          )
        }
      </Loaded>
    </section>
  );
}
