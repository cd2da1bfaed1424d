import { Field } from '../shell/field.tsx';
import type { Editor } from './editor.ts';
import { w } from './words.ts';

const LANGUAGES = ['zh', 'en'] as const;
const POLICIES = ['auto', 'assist', 'human'] as const;

/** What the entry is, apart from what is asked and answered. */
export function About({ editor, categories }: { editor: Editor; categories: readonly string[] }) {
  const say = w.value;
  const form = editor.form.value;
  return (
    <section class="panel" aria-labelledby="about-title">
      <h3 id="about-title">{say.about}</h3>
      <div class="fields">
        <Field label={say.policy} hint={say.policyHints[form.policy]}>
          {(ids) => (
            <select
              {...ids}
              value={form.policy}
              data-testid="policy"
              onChange={(event) => {
                const picked = POLICIES.find((one) => one === event.currentTarget.value);
                if (picked !== undefined) editor.change({ policy: picked });
              }}
            >
              {POLICIES.map((one) => (
                <option key={one} value={one}>
                  {say.policies[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.language}>
          {(ids) => (
            <select
              {...ids}
              value={form.language ?? ''}
              onChange={(event) =>
                editor.change({ language: LANGUAGES.find((one) => one === event.currentTarget.value) })
              }
            >
              <option value="">{say.all}</option>
              {LANGUAGES.map((one) => (
                <option key={one} value={one}>
                  {say[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.category}>
          {(ids) => (
            <>
              <input
                {...ids}
                list="categories"
                value={form.category ?? ''}
                onInput={(event) => editor.change({ category: event.currentTarget.value })}
              />
              <datalist id="categories">
                {categories.map((one) => (
                  <option key={one} value={one} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Text editor={editor} name="intent" label={say.intent} hint={say.intentHint} />
        <Text editor={editor} name="shortcut" label={say.shortcut} />
      </div>
      <Text editor={editor} name="ask" label={say.ask} hint={say.askHint} />
      <Text editor={editor} name="note" label={say.note} hint={say.noteHint} rows={2} />
    </section>
  );
}

type TextProps = {
  editor: Editor;
  name: 'intent' | 'shortcut' | 'ask' | 'note';
  label: string;
  hint?: string;
  rows?: number;
};

function Text({ editor, name, label, hint, rows }: TextProps) {
  const value = editor.form.value[name] ?? '';
  const write = (text: string) => editor.change({ [name]: text });
  return (
    <Field label={label} hint={hint}>
      {(ids) =>
        rows === undefined ? (
          <input {...ids} value={value} onInput={(event) => write(event.currentTarget.value)} />
        ) : (
          <textarea {...ids} rows={rows} value={value} onInput={(event) => write(event.currentTarget.value)} />
        )
      }
    </Field>
  );
}
