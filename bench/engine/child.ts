import { runTrial, TrialOptions } from './trial.ts';

const [given = '{}'] = process.argv.slice(2);
const trial = await runTrial(TrialOptions.parse(JSON.parse(given)));
process.send?.(trial, () => process.exit(0));
