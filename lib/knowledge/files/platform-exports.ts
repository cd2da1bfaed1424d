import * as z from 'zod';
import type { RowProblem } from '../../domain/import-job.ts';
import { textOfHtml } from './html-text.ts';
import { shown } from './limits.ts';
import type { Placed } from './values.ts';

/** Answers that another platform keeps, as rows of an entry. */
export type Exported = { objects: Placed[]; rejected: RowProblem[]; warnings: RowProblem[] };

/** https://developer.zendesk.com/api-reference/ticketing/business-rules/macros/: lists come as `{macros: []}`. */
const Action = z.looseObject({ field: z.string(), value: z.unknown() });
const Macro = z.looseObject({
  title: z.string(),
  actions: z.array(Action),
  active: z.boolean().nullish(),
  description: z.string().nullish(),
});
type Macro = z.infer<typeof Macro>;

/** https://developers.chatwoot.com/api-reference/canned-responses: the list is an array. */
const Canned = z.looseObject({ short_code: z.string(), content: z.string() });
type Canned = z.infer<typeof Canned>;

const Listed = z.union([
  z.object({ macros: z.array(z.unknown()) }).transform(({ macros }) => macros),
  z.object({ macro: z.unknown() }).transform(({ macro }) => [macro]),
  z.object({ payload: z.array(z.unknown()) }).transform(({ payload }) => payload),
  z.array(z.unknown()),
]);

/** A comment's value is its text, or channel and text. */
const lastText = (value: unknown): string => {
  const text = Array.isArray(value) ? value.findLast((item) => typeof item === 'string') : value;
  return typeof text === 'string' ? text : '';
};

/** The reply of a macro: its formatted comment as text, else its plain one. */
function replyOf({ actions }: Macro): string {
  const commentOf = (field: string): string => lastText(actions.find((action) => action.field === field)?.value);
  const formatted = commentOf('comment_value_html');
  return formatted === '' ? commentOf('comment_value').trim() : textOfHtml(formatted);
}

/** `Orders::Returns::How to return`: categories before the name. */
function macroEntry(macro: Macro): Record<string, string> {
  const levels = macro.title.split('::').map((level) => level.trim());
  const question = levels.at(-1) ?? macro.title;
  const category = levels.slice(0, -1).join(' / ');
  const note = macro.description?.trim() ?? '';
  return {
    question,
    answer: replyOf(macro),
    ...(category === '' ? {} : { category }),
    ...(note === '' ? {} : { note }),
  };
}

const note = (row: number, value: string, reason: string): RowProblem => ({
  row,
  column: 'title',
  value: shown(value),
  reason,
});

function zendesk(values: readonly unknown[]): Exported {
  const found: Exported = { objects: [], rejected: [], warnings: [] };
  values.forEach((value, index) => {
    const row = index + 1;
    const macro = Macro.safeParse(value);
    if (!macro.success) {
      found.rejected.push(note(row, shown(JSON.stringify(value) ?? ''), 'not a macro with a title and actions'));
    } else if (macro.data.active === false) {
      found.warnings.push(note(row, macro.data.title, 'the macro is switched off and is not read'));
    } else if (replyOf(macro.data) === '') {
      found.warnings.push(note(row, macro.data.title, 'the macro writes no comment and is not read'));
    } else found.objects.push({ row, value: macroEntry(macro.data) });
  });
  return found;
}

/** A short code names what the answer is for; it also is the shortcut that agents know. */
const cannedEntry = ({ short_code, content }: Canned): Record<string, string> => ({
  question: short_code.replace(/[_-]+/g, ' ').trim(),
  shortcut: short_code,
  answer: content,
});

function chatwoot(values: readonly unknown[]): Exported {
  const found: Exported = { objects: [], rejected: [], warnings: [] };
  values.forEach((value, index) => {
    const row = index + 1;
    const canned = Canned.safeParse(value);
    if (canned.success) found.objects.push({ row, value: cannedEntry(canned.data) });
    else {
      const text = shown(JSON.stringify(value) ?? '');
      found.rejected.push({
        row,
        column: '',
        value: text,
        reason: 'not a canned response with short_code and content',
      });
    }
  });
  return found;
}

/** What the platforms' own exports hold; undefined for other JSON. One item that has the shape tells for all. */
export function exportOf(value: unknown): (Exported & { detected: 'zendesk' | 'chatwoot' }) | undefined {
  const listed = Listed.safeParse(value);
  if (!listed.success) return undefined;
  if (listed.data.some((item) => Macro.safeParse(item).success))
    return { detected: 'zendesk', ...zendesk(listed.data) };
  if (listed.data.some((item) => Canned.safeParse(item).success)) {
    return { detected: 'chatwoot', ...chatwoot(listed.data) };
  }
  return undefined;
}
