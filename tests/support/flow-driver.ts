/** The message way under a hostile scheduler: what may die, what is started, and in which order everything happens. */
import { answerTurn } from '../../lib/assist/answer-turn.ts';
import { deliver } from '../../lib/assist/deliver.ts';
import type { FlowDeps } from '../../lib/assist/flow.ts';
import { route } from '../../lib/assist/route.ts';
import type { Tenant } from '../../lib/domain/tenant.ts';
import type { AgentStore } from '../../lib/ports/agents.ts';
import type { CallPlatform } from '../../lib/ports/callback.ts';
import { START } from './conversation.ts';
import { memoryCustomers, type Started, scriptedRespond } from './flow-world.ts';
import { type Cut, type Flow, scheduler } from './interleaving.ts';
import { memoryOutcomes } from './memory-outcomes.ts';

export type DrivenDeps = FlowDeps & { agents: AgentStore };

/** What a model puts around the flows: its stores, watched as it likes, and its platform. */
export type Surroundings = Pick<DrivenDeps, 'conversations' | 'work' | 'agents' | 'isPromise'> & {
  tenant: Tenant;
  platformOf(flow: Flow): CallPlatform;
};

/** `surroundings` is asked when the first flow runs: what it holds may use the driver. */
export function flowDriver(seed: number, surroundings: () => Surroundings) {
  const time = scheduler(seed, START);
  const customers = memoryCustomers();
  const outcomes = memoryOutcomes();
  const started: Started[] = [];
  const broken: unknown[] = [];
  let losing = 0;
  let cut: Cut | undefined;
  let count = 0;

  /** A flow would take a failed expectation for a failing port: it is kept and thrown at the end. */
  function must(expectation: () => void): void {
    try {
      expectation();
    } catch (error) {
      broken.push(error);
    }
  }

  function nextCut(): Cut | undefined {
    const taken = cut;
    cut = undefined;
    return taken;
  }

  function nextId(prefix: string): string {
    count += 1;
    return `${prefix}${count}`;
  }

  function depsFor(flow: Flow): DrivenDeps {
    const { conversations, work, agents, tenant, isPromise, platformOf } = surroundings();
    return {
      conversations: gated(conversations, flow),
      work: gated(work, flow),
      agents: gated(agents, flow),
      customers: gated(customers, flow),
      outcomes: gated(outcomes, flow),
      readTenant: async () => tenant,
      openKnowledge: async () => ({ knowledge: undefined, catalog: undefined }),
      densify: async () => ({ dense: [], degraded: [] }),
      respond: async (situation) => scriptedRespond(situation),
      readProducts: () => async () => [],
      isPromise,
      start: (name, payload) => flow.operate(() => void started.push({ name, payload } as Started)),
      hintDesks: async () => undefined,
      callPlatform: platformOf(flow),
      now: time.now,
      sleep: flow.sleep,
      newId: nextId,
      random: time.random,
    };
  }

  /** A flow; the next one dies where a command said so. What becomes of it is told to `then`. */
  function spawn<T>(
    body: (deps: DrivenDeps) => Promise<T>,
    then?: (result: { ok: T } | { error: unknown }) => void,
  ): void {
    time.spawn((flow) => body(depsFor(flow)), nextCut(), then);
  }

  /** Starts one of the functions that wait to be started, or loses it. */
  function startOne(): boolean {
    const [next] = started.splice(time.pick(started.length), 1);
    if (next === undefined) return false;
    losing -= 1;
    if (losing >= 0) return true;
    spawn(async (deps) => {
      if (next.name === 'assist')
        await answerTurn(deps, next.payload.tenant, next.payload.conversation, next.payload.message);
      if (next.name === 'deliver') await deliver(deps, next.payload);
      if (next.name === 'route') await route(deps, next.payload);
    });
    return true;
  }

  /** Some operations, and functions that start among them. */
  async function run(steps: number): Promise<void> {
    for (let at = 0; at < steps; at += 1) {
      if (started.length > 0 && time.pick(3) === 0) startOne();
      else if (!(await time.step()) && !startOne()) return;
    }
  }

  return {
    time,
    must,
    nextId,
    spawn,
    run,
    /** Of the functions started next, how many never run. */
    lose: (starts: number): void => {
      losing = starts;
    },
    /** Where the next flow dies; nothing goes wrong with `undefined`. */
    crash: (at: Cut | undefined): void => {
      cut = at;
    },
    isIdle: (): boolean => time.idle() && started.length === 0,
    /** Throws the first expectation that failed. */
    check: (): void => {
      if (broken.length > 0) throw broken[0];
    },
  };
}

/** Every operation of a port happens when the scheduler says so. */
function gated<T extends object>(port: T, flow: Flow): T {
  return new Proxy(port, {
    get(target, name, receiver) {
      const value = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => flow.operate(() => Reflect.apply(value, target, args));
    },
  });
}
