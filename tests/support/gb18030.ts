const LEADS = [0x81, 0xfe] as const;
const TRAILS = [0x40, 0xfe] as const;

let table: Map<string, [number, number]> | undefined;

/** The two-byte characters of GB18030, read off the platform's own decoder: it has no encoder. */
function twoByteTable(): Map<string, [number, number]> {
  const decoder = new TextDecoder('gb18030');
  const known = new Map<string, [number, number]>();
  for (let lead: number = LEADS[0]; lead <= LEADS[1]; lead += 1) {
    for (let trail: number = TRAILS[0]; trail <= TRAILS[1]; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !known.has(character))
        known.set(character, [lead, trail]);
    }
  }
  return known;
}

/** A text as spreadsheets of Chinese Windows save it. Throws on what takes four bytes. */
export function encodeGb18030(text: string): Uint8Array {
  table ??= twoByteTable();
  const bytes: number[] = [];
  for (const character of text) {
    const pair = table.get(character);
    if (character.charCodeAt(0) < 0x80) bytes.push(character.charCodeAt(0));
    else if (pair === undefined) throw new Error(`no two bytes for ${character}`);
    else bytes.push(...pair);
  }
  return Uint8Array.from(bytes);
}
