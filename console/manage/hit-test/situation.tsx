import type { Signal } from '@preact/signals';
import { orderState } from '../../format.ts';
import type { Typed } from './request.ts';
import { w } from './words.ts';

const STATES = [
  'pending_payment',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'completed',
  'cancelled',
  'refunding',
  'refunded',
] as const;

type Text = Exclude<keyof Typed, 'language' | 'owner' | 'text'>;
type FieldProps = { typed: Signal<Typed>; name: Text; label: string; hint?: string };

/** What was known when the message came: closed until somebody wants it. */
export function Situation({ typed }: { typed: Signal<Typed> }) {
  const say = w.value;
  return (
    <details data-testid="situation">
      <summary>{say.situation}</summary>
      <div class="situation">
        <div class="field">
          <label for="situation-history">{say.history}</label>
          <textarea
            id="situation-history"
            rows={3}
            aria-describedby="situation-history-hint"
            value={typed.value.history}
            onInput={(event) => {
              typed.value = { ...typed.value, history: event.currentTarget.value };
            }}
          />
          <span id="situation-history-hint" class="hint">
            {say.historyHint}
          </span>
        </div>
        <div class="fields">
          <OrderState typed={typed} />
          <Field typed={typed} name="orderNumber" label={say.orderNumber} />
          <Field typed={typed} name="payment" label={say.payment} />
          <Field typed={typed} name="cart" label={say.cart} />
          <Field typed={typed} name="views" label={say.views} />
          <Field typed={typed} name="tags" label={say.tags} />
          <Moment typed={typed} />
          <LanguageChoice typed={typed} />
          <Owner typed={typed} />
          <Field typed={typed} name="shop" label={say.shop} />
          <Field typed={typed} name="channel" label={say.channel} />
        </div>
      </div>
    </details>
  );
}

function Field({ typed, name, label }: FieldProps) {
  return (
    <div class="field">
      <label for={`situation-${name}`}>{label}</label>
      <input
        id={`situation-${name}`}
        value={typed.value[name]}
        onInput={(event) => {
          typed.value = { ...typed.value, [name]: event.currentTarget.value };
        }}
      />
    </div>
  );
}

function Moment({ typed }: { typed: Signal<Typed> }) {
  const say = w.value;
  return (
    <div class="field">
      <label for="situation-at">{say.at}</label>
      <input
        id="situation-at"
        type="datetime-local"
        aria-describedby="situation-at-hint"
        value={typed.value.at}
        onInput={(event) => {
          typed.value = { ...typed.value, at: event.currentTarget.value };
        }}
      />
      <span id="situation-at-hint" class="hint">
        {say.atHint}
      </span>
    </div>
  );
}

function OrderState({ typed }: { typed: Signal<Typed> }) {
  const say = w.value;
  return (
    <div class="field">
      <label for="situation-order">{say.order}</label>
      <select
        id="situation-order"
        value={typed.value.orderStatus}
        onChange={(event) => {
          typed.value = { ...typed.value, orderStatus: event.currentTarget.value };
        }}
      >
        <option value="">{say.noOrder}</option>
        {STATES.map((state) => (
          <option key={state} value={state}>
            {orderState(state)}
          </option>
        ))}
      </select>
    </div>
  );
}

function LanguageChoice({ typed }: { typed: Signal<Typed> }) {
  const say = w.value;
  return (
    <div class="field">
      <label for="situation-language">{say.language}</label>
      <select
        id="situation-language"
        value={typed.value.language}
        onChange={(event) => {
          const { value } = event.currentTarget;
          typed.value = { ...typed.value, language: value === 'zh' || value === 'en' ? value : '' };
        }}
      >
        <option value="">{say.byWords}</option>
        <option value="zh">{say.chinese}</option>
        <option value="en">{say.english}</option>
      </select>
    </div>
  );
}

function Owner({ typed }: { typed: Signal<Typed> }) {
  const say = w.value;
  return (
    <div class="field">
      <label for="situation-owner">{say.owner}</label>
      <select
        id="situation-owner"
        value={typed.value.owner}
        onChange={(event) => {
          typed.value = { ...typed.value, owner: event.currentTarget.value === 'agent' ? 'agent' : 'bot' };
        }}
      >
        <option value="bot">{say.ownerBot}</option>
        <option value="agent">{say.ownerAgent}</option>
      </select>
    </div>
  );
}
