/** A thread that ends its process once that has used more than its seconds of processor time: learning may never pause. */
import { workerData } from 'node:worker_threads';
import * as z from 'zod';

const CHECK_MS = 500;
const { capSeconds } = z.object({ capSeconds: z.number() }).parse(workerData);

setInterval(() => {
  const { user, system } = process.cpuUsage();
  if ((user + system) / 1e6 > capSeconds) process.kill(process.pid, 'SIGKILL');
}, CHECK_MS);
