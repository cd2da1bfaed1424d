/** What a customer is told at a hand-off, and what holds of it: open or closed, a place in the line, times. */
import type { Assist } from '../domain/assist.ts';
import type { Head } from '../domain/conversation.ts';
import type { HandoffTerms } from '../domain/handoff.ts';
import { GENERAL_SKILL, routingOf } from '../domain/routing.ts';
import type { Tenant } from '../domain/tenant.ts';
import type { Verdict } from '../handoff/decide.ts';
import { opensAt } from '../handoff/hours.ts';
import { durationsOf } from '../handoff/terms.ts';
import { type LineDeps, standingOf } from './line.ts';
import { askOnly } from './missing-fact.ts';
import { handoffNoticeFor, joined, outOfHoursFor, positionFor } from './wording.ts';

type Told = Pick<Verdict, 'notice' | 'terms'>;

const USUAL_PRIORITY = 5;
/** A shop that opens at no time that is known is looked at again after so long. */
const LOOK_AGAIN_MS = 7 * 86_400_000;

/** Of an assist that hands nobody off, or that nobody acts on: nothing, and nothing is read for it. */
export async function handOffTerms(deps: LineDeps, tenant: Tenant, assist: Assist, head: Head): Promise<Told> {
  const { decision, understanding } = assist;
  const acts = head.owner === 'bot' && tenant.settings.mode !== 'shadow';
  if (decision.kind !== 'handoff' || !acts) return { notice: '' };
  const { language } = understanding;
  const skill = decision.skill ?? GENERAL_SKILL;
  const terms: HandoffTerms = { language, ...durationsOf(tenant.settings.routing, skill) };
  return closed(deps, tenant, assist, terms) ?? open(deps, tenant, assist, terms);
}

/** While nobody is there, the customer is asked for what will be needed then. */
function closed(deps: LineDeps, tenant: Tenant, { decision }: Assist, terms: HandoffTerms): Told | undefined {
  const now = deps.now();
  const { timeZone, routing } = tenant.settings;
  const opens = opensAt(routingOf(routing).hours, timeZone, now);
  if (opens === now) return undefined;
  const ask = askOnly(decision.ask ?? '');
  const notice = outOfHoursFor(tenant, terms.language ?? 'zh', { opensAt: opens, ask, now });
  const asks = notice === '' || ask === '' ? {} : { ask: decision.ask };
  return { notice, terms: { ...terms, ...asks, opensAt: opens ?? now + LOOK_AGAIN_MS } };
}

async function open(deps: LineDeps, tenant: Tenant, assist: Assist, terms: HandoffTerms): Promise<Told> {
  const { decision, conversationId, understanding } = assist;
  const { language } = understanding;
  const notice = handoffNoticeFor(tenant, language);
  const standing = await standingOf(deps, tenant, {
    conversation: conversationId,
    skill: decision.skill ?? GENERAL_SKILL,
    priority: decision.priority ?? USUAL_PRIORITY,
    at: deps.now(),
  });
  if (standing === undefined) return { notice, terms };
  const { line, waitMs, isDeserted } = standing;
  const place = positionFor(tenant, language, { place: line.place, waitMs, isDeserted });
  return { notice: joined(notice, place, language), terms: { ...terms, line } };
}
