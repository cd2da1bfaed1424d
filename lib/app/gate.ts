import { table } from './clients.ts';

/** What the gate asks with: the tenant's golden questions, recent turns, and the message way's own code. */
export async function gateParts() {
  const [theTable, { dynamodbGolden }, { dynamodbTurnSamples }, { askRelease }] = await Promise.all([
    table(),
    import('../adapters/dynamodb/golden.ts'),
    import('../adapters/dynamodb/turn-samples.ts'),
    import('../assist/ask-release.ts'),
  ]);
  return { golden: dynamodbGolden(theTable), samples: dynamodbTurnSamples(theTable), openToAsk: askRelease };
}
