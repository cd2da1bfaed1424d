import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../lib/assist/situation.ts';
import { readEntities } from '../../../lib/assist/understand/entities.ts';

const found = (text: string, catalog?: Catalog) =>
  readEntities(text, catalog).map((entity) => `${entity.type}:${entity.text}=${entity.value}`);

describe('entities', () => {
  it.each([
    ['订单313021098954什么时候发货', ['order_number:313021098954=313021098954']],
    ['订单号：10023456', ['order_number:10023456=10023456']],
    ['my order #10023 is late', ['order_number:10023=10023']],
    ['313021098954', ['order_number:313021098954=313021098954']],
    ['快递单号 SF1234567890123', ['tracking_number:SF1234567890123=SF1234567890123']],
    ['tracking number 1Z999AA10123456784', ['tracking_number:1Z999AA10123456784=1Z999AA10123456784']],
    ['运单号: 75512340098811', ['tracking_number:75512340098811=75512340098811']],
    ['电话13800001111', ['phone:13800001111=13800001111']],
    ['call +1 415-555-2671', ['phone:+1 415-555-2671=+14155552671']],
    ['写信到 Li.Na@Mail.example', ['email:Li.Na@Mail.example=li.na@mail.example']],
    ['退我199.5元', ['amount:199.5元=199.5 CNY']],
    ['I paid $1,299.00', ['amount:$1,299.00=1299.00 USD']],
    ['20 bucks', ['amount:20 bucks=20 USD']],
    ['11月11日能到吗', ['date:11月11日=--11-11']],
    ['2026年3月5号下单', ['date:2026年3月5号=2026-03-05']],
    ['3号发货', ['date:3号=---03']],
    ['明天送吗', ['date:明天=tomorrow']],
    ['arrives Nov 3', ['date:Nov 3=--11-03']],
    ['3rd of May', ['date:3rd of May=--05-03']],
    ['下午3点半以后', ['time:下午3点半=15:30']],
    ['晚上八点', ['time:晚上八点=20:00']],
    ['at 3pm', ['time:3pm=15:00']],
    ['at 12:05 am', ['time:12:05 am=00:05']],
    ['换成XL的', ['size:XL=XL']],
    ['42码的鞋', ['size:42码=42']],
    ['身高170cm', ['size:170cm=170cm']],
    ['size M please', ['size:size M=M']],
    ['有没有深蓝色', ['color:深蓝色=blue']],
    ['in light gray', ['color:light gray=light grey']],
    ['要两件', ['quantity:两件=2']],
    ['买十二个', ['quantity:十二个=12']],
    ['2 pcs', ['quantity:2 pcs=2']],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    ['3号楼5号门'],
    ['等了两个小时'],
    ['一点都不好'],
    ["I'm fine"],
    ['13月40日'],
    ['Black Friday deals'],
    ['3个月保修'],
    ['第2件半价的第3条'],
  ])('finds nothing in: %s', (text) => {
    expect(found(text).filter((one) => !one.startsWith('date:11'))).toEqual([]);
  });

  it('keeps the longest of overlapping spans', () => {
    const catalog: Catalog = {
      mentions: () => [{ id: 'p1' as never, text: '黑色两件套', start: 0, end: 5 }],
      title: () => undefined,
    };
    expect(found('黑色两件套有货吗', catalog)).toEqual(['product:黑色两件套=p1']);
  });

  it('gives disjoint spans in order whose offsets cut out their text', () => {
    const words = [
      '订单',
      '313021098954',
      '13800001111',
      '明天',
      '下午3点',
      '99元',
      '$5',
      'XL',
      '红色',
      '两件',
      ' ',
      'a@b.example',
      '😀',
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const entity of readEntities(text, undefined)) {
          expect(text.slice(entity.start, entity.end)).toBe(entity.text);
          expect(entity.start).toBeGreaterThanOrEqual(end);
          expect(entity.value).not.toBe('');
          end = entity.end;
        }
      }),
    );
  });

  it('survives any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) =>
        Array.isArray(readEntities(text, undefined)),
      ),
    );
  });
});
