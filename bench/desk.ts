/**
 * A sale's day at the desks: 50 agents, 1,000 open conversations, 20 customers' messages a second for five minutes, a jump
 * to 150 a second for 30 s, with desks that lose their connection, deliveries that come twice and callbacks that fail;
 * then the stack is killed under load and started again. Times never fail a run; a message that is lost or doubled, a reply
 * that is not delivered, a bot that talks over a person or a customer who is forgotten does.
 *
 * Options: `--quick`; `--seconds 300`; `--rate 20`; `--jump 150`; `--agents 50`; `--conversations 1000`; `--kills 2`;
 * `--port 4800` (the four after it are used too).
 */
import { parseArgs } from 'node:util';
import { type DeskPlan, runDesk } from './desk/run.ts';

function readPlan(): DeskPlan {
  const text = { type: 'string' } as const;
  const { values: flags } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      seconds: text,
      rate: text,
      jump: text,
      agents: text,
      conversations: text,
      kills: text,
      port: { ...text, default: '4800' },
    },
  });
  const { quick } = flags;
  const number = (value: string | undefined, usual: number): number => Number(value ?? usual);
  return {
    port: Number(flags.port),
    seconds: number(flags.seconds, quick ? 20 : 300),
    rate: number(flags.rate, quick ? 10 : 20),
    jumpTo: number(flags.jump, quick ? 40 : 150),
    jumpSeconds: quick ? 5 : 30,
    agents: number(flags.agents, quick ? 10 : 50),
    conversations: number(flags.conversations, quick ? 100 : 1_000),
    openSeconds: quick ? 20 : 120,
    kills: number(flags.kills, quick ? 1 : 2),
  };
}

process.once('SIGINT', () => process.exit(130));
process.exitCode = await runDesk(readPlan());
