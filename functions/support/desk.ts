import { deskGate } from '../../lib/app/desk-gate.ts';
import { type Endpoint, http, type Reply } from './http.ts';

/** Binds an operation to the gate of the desk: who may ask, how they see the answer, and that it is kept who did. */
const gated = ({ route, handle }: Endpoint): Endpoint => ({
  route,
  refused: async (asked) => (await deskGate()).refused({ ...asked, route, body: undefined }),
  async handle(request) {
    const { tenant, caller, params, body: asked } = request;
    let reply: Reply | undefined;
    const body = await (await deskGate()).pass({ route, tenant, caller, params, body: asked }, async () => {
      reply = await handle(request);
      return reply.body;
    });
    if (reply === undefined) throw new Error('the gate passed nothing on');
    return { ...reply, body };
  },
});

/** One Lambda serving these operations of the desk. */
export const deskHttp = (...endpoints: readonly Endpoint[]) => http(...endpoints.map(gated));
