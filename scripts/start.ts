/** `npm start`: the whole product on this machine, with a demo shop to try. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { managerUrl, seed } from './local/seed.ts';
import { type Stack, startStack } from './local/stack.ts';

const { values: flags } = parseArgs({ options: { threads: { type: 'boolean', default: false } } });
const port = Number(process.env['PORT'] ?? 3000);
const dataDirectory = process.env['CUECARD_DATA_DIR'] ?? '.cuecard';

if (!Number.isInteger(port) || port < 1 || port > 65_531) {
  console.error('PORT must be a number from 1 to 65531; the four ports after it are used too.');
  process.exit(1);
}

let stack: Stack | undefined;
let leaving = false;

async function leave(code: number): Promise<void> {
  if (leaving) return;
  leaving = true;
  await stack?.stop();
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.log('\nStopping …');
    void leave(0);
  });
}

try {
  console.log('Starting Cuecard …');
  stack = await startStack({ port, dataDirectory, workerThreads: flags.threads });
  const demo = await seed(stack);
  console.log(`
Cuecard is ready.

  Desk       ${demo.consoleUrl}
  Knowledge  ${managerUrl(demo)}
  API        ${demo.baseUrl}/v1/openapi.json
  Secrets    ${join(stack.dataDirectory, 'demo.json')}
  Logs       ${join(stack.dataDirectory, 'logs')}

Open the desk: you are the agent, and at the side you play the customer.
Open the knowledge pages to import, edit, test and release what it answers.
Or run "npm run demo" in another terminal. Ctrl-C stops everything.
`);
  const part = await stack.ended;
  if (!leaving) {
    console.error(`${part} ended unexpectedly; see ${join(stack.dataDirectory, 'logs')}`);
    await leave(1);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  await leave(1);
}
