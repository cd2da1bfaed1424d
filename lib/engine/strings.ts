/** Many small byte strings in one section, with where each starts. */
export type Table = { bytes: Uint8Array; offset: Uint32Array };

export function packTable(items: readonly Uint8Array[]): Table {
  const offset = new Uint32Array(items.length + 1);
  items.forEach((item, at) => {
    offset[at + 1] = (offset[at] ?? 0) + item.length;
  });
  const bytes = new Uint8Array(offset[items.length] ?? 0);
  items.forEach((item, at) => {
    bytes.set(item, offset[at]);
  });
  return { bytes, offset };
}

/** A view, not a copy; empty when there is no such item. */
export function tableItem({ bytes, offset }: Table, at: number): Uint8Array {
  return bytes.subarray(offset[at] ?? 0, offset[at + 1] ?? 0);
}
