import * as z from 'zod';
import { AgentId, OPERATOR, TenantId } from './ids.ts';
import { Language } from './language.ts';
import { EmbedPatch, OpeningPatch, RoutingPatch } from './routing-requests.ts';
import { Localized, Mode, Role, SecretName, Settings } from './tenant.ts';

/** A window that ends before it begins would freeze nothing, and nobody would know. */
const Freezes = Settings.shape.freezes.unwrap().superRefine((windows, context) => {
  for (const [at, { from, until }] of windows.entries()) {
    if (Date.parse(from) >= Date.parse(until))
      context.addIssue({ code: 'custom', path: [at, 'until'], message: 'it ends before it begins' });
  }
});

/** What a tenant may be told at birth and later; unknown fields are refused, so that a typo is not silence. */
export const SettingsPatch = Settings.partial().extend({
  /** `null` takes the callback away. */
  callbackUrl: Settings.shape.callbackUrl.nullable(),
  targetPrecision: Settings.shape.targetPrecision.partial().optional(),
  freezes: Freezes.optional(),
  /** `null` takes a fact back. */
  shopFacts: z.record(Settings.shape.shopFacts.keyType, Localized.nullable()).optional(),
  /** Merged field by field; `null`, of a field or of all, takes back to the default. */
  routing: RoutingPatch.nullable().optional(),
  /** In place of what is set; `null` takes it away. */
  opening: OpeningPatch.nullable().optional(),
  embed: EmbedPatch.nullable().optional(),
  /** Without its default: what a patch leaves out stays as it is. */
  outOfScopeShare: Settings.shape.outOfScopeShare.unwrap().optional(),
});

export const CreateTenant = z.strictObject({
  id: TenantId.refine((id) => id !== OPERATOR, 'this id is reserved'),
  name: z.string().min(1).max(200),
  languages: z.array(Language).min(1).default(['zh', 'en']),
  mode: Mode.optional(),
  packs: z.array(z.string().max(100)).max(20).default([]),
  ...SettingsPatch.omit({ mode: true }).shape,
});
export type CreateTenant = z.infer<typeof CreateTenant>;

export const PatchTenant = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  languages: z.array(Language).min(1).optional(),
  ...SettingsPatch.shape,
  /** Makes a new secret; the one before is accepted for another day. */
  rotate: SecretName.optional(),
});
export type PatchTenant = z.infer<typeof PatchTenant>;

export const CreateToken = z.strictObject({
  role: Role.exclude(['operator']),
  agentId: AgentId.optional(),
  name: z.string().max(200).optional(),
});
export type CreateToken = z.infer<typeof CreateToken>;

export type SettingsPatch = z.infer<typeof SettingsPatch>;
