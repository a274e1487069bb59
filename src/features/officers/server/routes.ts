/** Officers and their mandates: who may what, and the acts by which that begins and ends. */
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { PARTY_ID, partyOf, type ObjectId } from '../../../kernel/ids.ts';
import type { Label } from '../../../kernel/language.ts';
import type { ActDraft } from '../../../node/node.ts';
import type { Receipt } from '../../../record/answers.ts';
import { handle, type HandlerContext, type Route } from '../../../http/handler.ts';
import { addKey, declareOffice, grantMandate as grantDraft, revoke } from '../commands.ts';
import {
  confirmKey, extendMandate, getOfficer, grantMandate, handOver, listOfficers, listWaitingKeys, losePasskey, makeLink, revokeMandate,
} from '../contract.ts';
import { holds } from '../reading.ts';
import type { OfficerRow } from '../views.ts';
import type { Access, KnownPasskey } from './access.ts';
import { officerRows } from './directory.ts';
import { officeTitles } from './published.ts';

export function officerRoutes(access: Access): readonly Route[] {
  return [
    handle(listOfficers, async ({ node, reader }) => ok({ rows: [...(await officerRows(node, access, reader))] })),
    handle(getOfficer, async ({ node, reader }, { params }) => {
      const [row] = await officerRows(node, access, reader, params.officer);
      return row === undefined ? refuse('officer.unknown') : ok(row);
    }),
    handle(grantMandate, async (context, { body }) => {
      const allowed = administers(context);
      if (!allowed.ok) return allowed;
      const office = await officeFor(context, body.office as ObjectId | Label, body.corps);
      if (!office.ok) return office;
      return appoint(access, context, office.value.id, body, office.value.drafts);
    }),
    handle(extendMandate, async (context, { params, body }) => {
      const row = await ownOfficer(access, context, params.officer);
      if (!row.ok) return row;
      const { until } = row.value;
      if (body.until !== undefined && (until === undefined || body.until < until)) return refuse('officer.until-shortens');
      return context.node.submit([grantDraft(params.officer, row.value.officeId, body)], context.actor);
    }),
    ...endingRoutes(access),
    ...keyRoutes(access),
  ];
}

/** A new office-holder: first the key and the act, then the link; a crash between leaves an officer to whom a link can be made. */
async function appoint(
  access: Access, context: HandlerContext, office: ObjectId, terms: Pick<OfficerRow, 'powers' | 'scopes' | 'clearance' | 'until'>, before: readonly ActDraft[], after: readonly ActDraft[] = [],
): Promise<Result<{ officer: ObjectId; receipt: Receipt; link: { url: string; expiresAt: string } }>> {
  const officer = context.node.mint.id();
  const grant = grantDraft(officer, office, terms, await access.officeKey(officer));
  const recorded = await context.node.submit([...before, grant, ...after], context.actor);
  if (!recorded.ok) return recorded;
  return ok({ officer, receipt: recorded.value, link: await access.link(officer, context.actor.officer) });
}

/** An existing office of this party, or the declaration of a new one. */
async function officeFor({ node }: HandlerContext, office: ObjectId | Label, corps: ObjectId | undefined): Promise<Result<{ id: ObjectId; drafts: readonly ActDraft[] }>> {
  if (typeof office !== 'string') {
    const id = node.mint.id();
    return ok({ id, drafts: [declareOffice(node.mint, id, office, corps)] });
  }
  const known = (await officeTitles(node, [office])).get(office);
  return known?.party === node.party ? ok({ id: office, drafts: [] }) : refuse('office.unknown');
}

function endingRoutes(access: Access): readonly Route[] {
  return [
    handle(revokeMandate, async (context, { params, body }) => {
      const row = await ownOfficer(access, context, params.officer);
      if (!row.ok) return row;
      if (await isLastAdministrator(access, context, params.officer)) return refuse('officer.last-administrator');
      const recorded = await context.node.submit([revoke(params.officer, body.reason)], context.actor);
      if (recorded.ok) await access.endAll(params.officer);
      return recorded;
    }),
    handle(handOver, async (context, { params }) => {
      const row = await ownOfficer(access, context, params.officer);
      if (!row.ok) return row;
      // The successor is appointed first: an administrator who hands over themselves may no longer sign after their own revocation.
      const appointed = await appoint(access, context, row.value.officeId, row.value, [], [revoke(params.officer, 'departed')]);
      if (!appointed.ok) return appointed;
      await access.endAll(params.officer);
      return ok({ successor: appointed.value.officer, receipt: appointed.value.receipt, link: appointed.value.link });
    }),
    handle(makeLink, async (context, { params }) => {
      const row = await ownOfficer(access, context, params.officer);
      return row.ok ? ok(await access.link(params.officer, context.actor.officer)) : row;
    }),
  ];
}

function keyRoutes(access: Access): readonly Route[] {
  return [
    handle(losePasskey, async (context, { params, body }) => {
      const row = await ownOfficer(access, context, params.officer);
      if (!row.ok) return row;
      const passkey = (await access.passkeys(params.officer)).find(({ credential }) => credential === params.credential);
      if (passkey === undefined) return refuse('passkey.unknown');
      const signs = row.value.keys.some(({ key, state }) => key === passkey.key && state === 'active');
      const recorded = signs ? await context.node.submit([revoke(params.officer, body.reason, passkey.key, body.since)], context.actor) : undefined;
      if (recorded !== undefined && !recorded.ok) return recorded;
      await access.endPasskey(passkey.credential);
      await access.endSessions(params.officer);
      const link = await access.link(params.officer, context.actor.officer);
      return ok(recorded === undefined ? { link } : { receipt: recorded.value, link });
    }),
    handle(listWaitingKeys, async (context) => {
      const allowed = administers(context);
      if (!allowed.ok) return allowed;
      const officers = await officerRows(context.node, access, context.reader);
      const rows = (await waiting(access)).flatMap(({ credential, key, officer, label, createdAt }) => {
        const office = officers.find((row) => row.officer === officer)?.office;
        return office === undefined ? [] : [{ credential, key, officer, office, label, createdAt }];
      });
      return ok({ rows });
    }),
    handle(confirmKey, async (context, { params }) => {
      const allowed = administers(context);
      if (!allowed.ok) return allowed;
      const passkey = (await waiting(access)).find(({ credential }) => credential === params.credential);
      if (passkey?.waiting === undefined) return refuse('passkey.unknown');
      const recorded = await context.node.submit([addKey(passkey.officer, passkey.waiting)], context.actor);
      if (recorded.ok) await access.recorded(passkey.credential);
      return recorded;
    }),
  ];
}

async function waiting(access: Access): Promise<readonly KnownPasskey[]> {
  return (await access.passkeys()).filter((passkey) => passkey.waiting !== undefined);
}

/** The rules ask for the same power; asked here first because links and sessions are not the record's. */
function administers({ reader }: HandlerContext): Result<undefined> {
  return holds(reader, 'administer', 'space') ? ok(undefined) : refuse('mandate.power-missing', { power: 'administer' });
}

/** An active officer of this party, for an administrator. */
async function ownOfficer(access: Access, context: HandlerContext, officer: ObjectId): Promise<Result<OfficerRow>> {
  const allowed = administers(context);
  if (!allowed.ok) return allowed;
  if (!PARTY_ID.test(partyOf(officer)) || partyOf(officer) !== context.node.party) return refuse('officer.not-ours');
  const [row] = await officerRows(context.node, access, context.reader, officer);
  return row?.state === 'active' ? ok(row) : refuse('officer.unknown');
}

/** Without an administrator only the offline root key could appoint one. */
async function isLastAdministrator(access: Access, { node, reader }: HandlerContext, officer: ObjectId): Promise<boolean> {
  const own = (await officerRows(node, access, reader)).filter((row) => row.party === node.party && row.state === 'active' && row.powers.includes('administer'));
  return own.length === 1 && own[0]?.officer === officer;
}
