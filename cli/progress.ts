import type { Io } from './command.ts';

const WIDTH = 24;
export type Step = { stage: string; done: number; total: number };

function bar({ stage, done, total }: Step): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const filled = Math.round(share * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.round(share * 100)).padStart(3)} %  ${stage}`;
}

/** One line that fills up where somebody looks on; elsewhere a line for each stage. Nothing with `quiet`. */
export function progress({ err, isTerminal }: Pick<Io, 'err' | 'isTerminal'>, quiet: boolean) {
  let stage = '';
  return {
    show(step: Step): void {
      if (quiet) return;
      if (isTerminal) err(`\r\u001b[K${bar(step)}`);
      else if (step.stage !== stage) err(`${step.stage}\n`);
      stage = step.stage;
    },
    end(): void {
      if (!quiet && isTerminal && stage !== '') err('\r\u001b[K');
    },
  };
}
