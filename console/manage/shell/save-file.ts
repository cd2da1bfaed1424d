import type { Shell } from './shell.ts';

/** Fetches a file of the API, which wants the token that a link cannot carry, and hands it to the browser to keep. */
export async function saveFile({ call }: Pick<Shell, 'call'>, path: string, name: string): Promise<void> {
  const address = URL.createObjectURL((await call('GET', path)) as Blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
