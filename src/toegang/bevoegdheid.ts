/** May this client do this for this organisation? The one place that says so; the default is no. */
import { KnooppuntFout } from '../fouten.ts';
import { DOMEINEN, type Domein } from '../standards/catalogus.ts';
import type { Client } from './clients.ts';

/** What can be done with an organisation, and who besides those that act for it may do it. */
const HANDELINGEN = {
  'instelling lezen': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'instelling wijzigen': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'mandaat lezen': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
  // Only the gemeente itself decides who sees its figures; and a client that acts in one domein only cannot decide for both.
  'mandaat wijzigen': { ookBeheerder: false, weigering: 'nietBevoegdVoorOrganisatie' },
  // What a gemeente decided on paper the operator writes down: at a page, or at the command line.
  'mandaat noteren': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
  'dossier invoeren': { ookBeheerder: true, weigering: 'nietBevoegdVoorOrganisatie' },
} as const;
export type Handeling = keyof typeof HANDELINGEN;

/** In which domeinen the client acts for this organisation: all, some by machtiging, or none. */
export const domeinenVoor = (client: Client, organisatie: string): readonly Domein[] =>
  client.namens.has(organisatie) ? DOMEINEN : [...(client.machtigingen?.get(organisatie) ?? [])];

/** Does the client act for this organisation in this domein? Without a domein: in every one. */
export const handeltNamens = (client: Client, organisatie: string, domein?: string): boolean =>
  client.namens.has(organisatie) ||
  (domein !== undefined && domeinenVoor(client, organisatie).some((naam) => naam === domein));

/**
 * @param domein what is done concerns this domein only; without it, everything of the organisation
 * @throws KnooppuntFout with the refusal that belongs to the action
 */
export function eisBevoegd(client: Client, handeling: Handeling, organisatie: string, domein?: Domein): void {
  const { ookBeheerder, weigering } = HANDELINGEN[handeling];
  if (handeltNamens(client, organisatie, domein) || (ookBeheerder && client.beheerder)) return;
  throw new KnooppuntFout(weigering);
}

/**
 * Reading and confirming what lies in a postbus; sending is for routering to judge.
 * @returns the domeinen whose messages the client may touch; undefined: all
 * @throws KnooppuntFout when there are none
 */
export function eisPostbus(client: Client, organisatie: string): readonly Domein[] | undefined {
  const domeinen = domeinenVoor(client, organisatie);
  if (domeinen.length === 0) throw new KnooppuntFout('nietBevoegdVoorOrganisatie');
  return domeinen.length === DOMEINEN.length ? undefined : domeinen;
}

/** @throws KnooppuntFout when this client is not the operator */
export function eisBeheerder(client: Client): void {
  if (!client.beheerder) throw new KnooppuntFout('nietBevoegdBeheer');
}

/** @throws KnooppuntFout when this client neither delivers the Wlz register nor is the operator */
export function eisWlzRegister(client: Client): void {
  if (!client.wlzRegister && !client.beheerder) throw new KnooppuntFout('nietBevoegdBeheer');
}

/** Whose figures of the chain are asked for; of a samenwerkingsverband the gemeenten that it is of now. */
export type Inzicht =
  | { readonly weergave: 'gemeente' | 'aanbieder'; readonly code: string }
  | { readonly weergave: 'samenwerking'; readonly leden: ReadonlySet<string> }
  | { readonly weergave: 'landelijk' };

/**
 * Figures of one organisation are for who acts for it; the sum of a samenwerkingsverband for who acts for one of its gemeenten; what is
 * published of all for who was given that right. Not even the operator sees more.
 * @returns the domeinen whose figures the client may see
 * @throws KnooppuntFout when there are none
 */
export function eisInzicht(client: Client, inzicht: Inzicht): readonly Domein[] {
  if (inzicht.weergave === 'landelijk') {
    if (!client.landelijk) throw new KnooppuntFout('nietBevoegdLandelijk');
    return DOMEINEN;
  }
  const codes = inzicht.weergave === 'samenwerking' ? [...inzicht.leden] : [inzicht.code];
  const domeinen = DOMEINEN.filter((domein) => codes.some((code) => handeltNamens(client, code, domein)));
  if (domeinen.length === 0) throw new KnooppuntFout('nietBevoegdVoorOrganisatie');
  return domeinen;
}

/** May this client see the message: does it act for the afzender or the ontvanger, in the domein of the message? */
export const magZien = (
  client: Client,
  { afzender, ontvanger, domein }: { readonly afzender: string; readonly ontvanger: string; readonly domein?: string },
): boolean => handeltNamens(client, afzender, domein) || handeltNamens(client, ontvanger, domein);
