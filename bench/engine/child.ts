import { runTrial, TrialOptions } from './trial.ts';

/** A child whose parent has gone ends, too. */
process.on('disconnect', () => process.exit(1));

const [given = '{}'] = process.argv.slice(2);
const trial = await runTrial(TrialOptions.parse(JSON.parse(given)));
process.send?.(trial, () => process.exit(0));
