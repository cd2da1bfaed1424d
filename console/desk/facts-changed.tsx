import type { FactChange } from '../../lib/domain/contract/desk-actions.ts';
import type { Desk } from '../desk-store.ts';
import { focusComposer } from '../keyboard.ts';
import { fill, words } from '../words/words.ts';

/** Facts on the reply's cards have changed since they were put there: shown before it goes. */
export function FactsChanged({ desk, conversationId }: { desk: Desk; conversationId: string }) {
  const { desk: say } = words.value;
  const changed = desk.changes.value;
  if (changed?.conversationId !== conversationId) return null;
  return (
    <section class="facts-changed" role="alert" data-testid="facts-changed">
      <strong>{say.factsChanged}</strong>
      <ul>
        {changed.changes.map((change) => (
          <li key={`${change.productId} ${change.field}`}>{changeWords(change)}</li>
        ))}
      </ul>
      <p class="choices">
        <button
          type="button"
          class="primary"
          data-testid="send-confirmed"
          onClick={() => void desk.send({ checked: true, confirmed: true })}
        >
          {say.sendAsIs}
        </button>
        <button
          type="button"
          onClick={() => {
            desk.changes.value = undefined;
            requestAnimationFrame(focusComposer);
          }}
        >
          {say.keepEditing}
        </button>
      </p>
    </section>
  );
}

function changeWords({ title, field, was, is }: FactChange): string {
  const { desk: say } = words.value;
  const names = { price: say.fieldPrice, stock: say.fieldStock, product: say.fieldProduct, order: say.fieldOrder };
  return fill(say.factWasIs, { title, field: names[field], was, is });
}
