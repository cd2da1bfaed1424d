import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntities } from '../../../lib/assist/understand/entities.ts';
import { readMarked, scoreMarked } from '../../support/marked.ts';

const read = (text: string) => readEntities(text, undefined);
const data = (language: string) => readMarked(new URL(`../../data/entities.${language}.yaml`, import.meta.url));

describe.each(['zh', 'en'])('marked messages, %s', (language) => {
  const { heldout, tuning } = data(language);
  const lines = [...heldout, ...tuning];

  it('are at least 400, hostile ones among them', () => {
    expect(lines.length).toBeGreaterThanOrEqual(400);
    expect(lines.filter(({ marks }) => marks.length === 0).length).toBeGreaterThanOrEqual(100);
  });

  it('are read with precision 0.98 and recall 0.95, span and value exact', () => {
    const { precision, recall, misses } = scoreMarked(lines, read);
    expect(precision, misses.join('\n')).toBeGreaterThanOrEqual(0.98);
    expect(recall, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  });
});

describe('any text', () => {
  const pieces = [
    '订单',
    '１３８',
    '三百块',
    ' ',
    '，',
    '\u200b',
    '𝟏𝟑𝟖',
    '😀',
    '.',
    '-',
    '@',
    '/',
    '号',
    '点',
    'size ',
    '$',
    '月',
    'a',
    '9',
    '%',
    '\ud83d',
  ];
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')),
  );

  it('gives disjoint spans in order whose offsets cut out their text', () => {
    fc.assert(
      fc.property(any, (text) => {
        let end = 0;
        for (const entity of read(text)) {
          expect(text.slice(entity.start, entity.end)).toBe(entity.text);
          expect(entity.start).toBeGreaterThanOrEqual(end);
          expect(entity.end).toBeGreaterThan(entity.start);
          expect(entity.value).not.toBe('');
          end = entity.end;
        }
      }),
    );
  });

  it('is read alike in full width', () => {
    const wide = (text: string) =>
      text.replaceAll(/[0-9A-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    const values = (text: string) => read(text).map(({ type, value }) => `${type} ${value}`);
    for (const text of ['订单313021098954', '手机13912345678', '199元', '11月20号', '换成XL码', '要2件', '20%']) {
      expect(values(wide(text))).toEqual(values(text));
    }
  });
});
