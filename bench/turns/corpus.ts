/** Real conversations as turns: `../shared/data/jddc/sessions.tsv`, read in place and never copied. */
import { readFileSync } from 'node:fs';
import type { Part } from '../../lib/domain/message.ts';
import { generator } from '../../lib/engine/hash.ts';

/** A customer's consecutive lines and the agent's line before them. `line` is the first one's number, from 1. */
export type RealTurn = { line: number; lines: readonly string[]; before: string | undefined };

type Row = { session: string; customer: boolean; text: string; line: number };

function readRows(file: URL): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((raw, at) => {
      const [session = '', , side, , , , ...text] = raw.replace(/\r$/, '').split('\t');
      return raw.trim() === '' ? [] : [{ session, customer: side === '0', text: text.join('\t'), line: at + 1 }];
    });
}

/** Every turn of every session, in file order. */
export function readTurns(file: URL): RealTurn[] {
  const turns: (RealTurn & { session: string; lines: string[]; last: number })[] = [];
  let previous: Row | undefined;
  for (const row of readRows(file)) {
    const open = turns.at(-1);
    if (row.customer && open?.session === row.session && open.last === row.line - 1) {
      open.lines.push(row.text);
      open.last = row.line;
    } else if (row.customer) {
      const before = previous?.session === row.session ? previous.text : undefined;
      turns.push({ session: row.session, line: row.line, last: row.line, lines: [row.text], before });
    }
    previous = row;
  }
  return turns;
}

/** `size` turns, unfiltered: a seeded shuffle's first ones, in file order. */
export function draw(turns: readonly RealTurn[], size: number, seed: number): RealTurn[] {
  const random = generator(seed);
  const shuffled = [...turns];
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [shuffled[at], shuffled[other]] = [shuffled[other] as RealTurn, shuffled[at] as RealTurn];
  }
  return shuffled.slice(0, size).sort((a, b) => a.line - b.line);
}

/** What the masks stand for; any plain value of the right kind does. A number alone is most often a phone number. */
const STAND_INS: readonly (readonly [RegExp, string])[] = [
  [/^\s*\[数字x\]\s*$/, '13800001111'],
  [/(单号|编号)\s*[:：]\s*\[数字x\]/g, '$1:313021098955'],
  [/\[订单x\]/g, '313021098954'],
  [/\[金额x\]/g, '99元'],
  [/\[数字x\]/g, '3'],
  [/\[日期x\]/g, '2018-05-03'],
  [/\[时间x\]/g, '12:30:00'],
  [/\[姓名x\]/g, '小王'],
  [/\[地址x\]/g, '城东'],
  [/\[组织机构x\]/g, '东方贸易公司'],
  [/\[链接x\]/g, 'https://item.example/1'],
  [/\[电话x\]/g, '13800001111'],
  [/\[站点x\]/g, '城东站'],
  [/\[邮箱x\]/g, 'a@mail.example'],
];

export const unmask = (text: string): string =>
  STAND_INS.reduce((known, [mask, value]) => known.replaceAll(new RegExp(mask, 'g'), value), text);

const ORDER_LINE = /^\[订单编号:\s*([\w-]+)[^\]]*\]$/;

/** A line as the platform would have sent it: an automatic order line is an order card. */
export function partOf(line: string): Part {
  const text = unmask(line).trim();
  const number = ORDER_LINE.exec(text)?.[1];
  return number === undefined ? { kind: 'text', text } : { kind: 'order_card', orderNumber: number, text };
}
