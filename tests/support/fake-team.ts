import { type Me, pagesOf } from '../../lib/domain/access.ts';
import type { WrapUpDraft } from '../../lib/domain/contract/desk-tools.ts';
import type { AgentView, Presence } from '../../lib/domain/routing.ts';
import type { Answer } from './fake-knowledge-api.ts';

type State = {
  agents: AgentView[];
  /** What `GET /v1/me` says beside the token's own role. */
  me: Partial<Me>;
  wrapUp: WrapUpDraft;
  presence: Presence;
  leaseMs: number;
  /** So many missed offers made the agent away. */
  awayAfter?: number | undefined;
};
const START = {
  agents: [],
  me: {},
  wrapUp: { draft: { note: '', disposition: 'solved', tags: [] }, kind: 'rules', points: [] },
  presence: 'off',
  leaseMs: 60_000,
  awayAfter: undefined,
} as const satisfies Partial<Record<keyof State, unknown>>;

/** Who asks, who is at work and for how long, what a closing draft says; a test puts there what it wants. */
export function createFakeTeam(agentId: string) {
  const state: State = structuredClone(START) as unknown as State;
  const here = (): Answer => ({
    status: 200,
    body: {
      presence: state.presence,
      leaseUntil: state.presence === 'off' ? 0 : Date.now() + state.leaseMs,
      agent: { awayAfter: state.awayAfter },
    },
  });
  const presence = (method: string, body: Record<string, unknown>): Answer => {
    if (method === 'PUT' && body['heartbeat'] !== true) state.presence = body['presence'] as Presence;
    return here();
  };
  return {
    state,
    reset: () => void Object.assign(state, structuredClone(START)),
    answer(role: 'agent' | 'manager' | 'admin', method: string, path: string, body: Record<string, unknown>) {
      const me = { tenant: 'demo', agentId, role, pages: pagesOf(role), ...state.me };
      const answers: Record<string, () => Answer> = {
        '/v1/me': () => ({ status: 200, body: me }),
        '/v1/team/agents': () => ({ status: 200, body: { items: state.agents } }),
        '/v1/desk/presence': () => presence(method, body),
      };
      return answers[path]?.();
    },
  };
}
