/** What a user may do, from its organisation, its machtigingen and its diensten. Default: nothing. Pure. */
import type { Deelnemer } from '../../routering/feiten.ts';
import { binnen } from '../../routering/periode.ts';
import type { Machtigingen, Rechten } from '../../routering/rechten.ts';
import { DOMEINEN, type Domein } from '../../standards/catalogus.ts';
import type { Client } from '../clients.ts';
import type { Dienst } from './types.ts';

/** Dienst → the domein whose messages it lets one do. */
const BERICHTEN: readonly (readonly [Dienst, Domein])[] = [
  ['wmo', 'iwmo'],
  ['jw', 'ijw'],
];
const WLZ: readonly Dienst[] = ['wlz-toets', 'wlz-signalen'];
/** The Wlz runs against the Wmo. */
const WLZ_DOMEIN: Domein = 'iwmo';

/** Name of a user where a client has one: in the audit log, in machtigingen, in limits. */
export const clientId = (gebruiker: string): string => `gebruiker:${gebruiker}`;

/** Rights, with nothing of another domein. */
function beperk({ namens, machtigingen }: Rechten, domeinen: readonly Domein[]): Rechten {
  if (domeinen.length === DOMEINEN.length) return { namens, machtigingen };
  const over: [string, ReadonlySet<Domein>][] = [
    ...[...namens].map((code): [string, ReadonlySet<Domein>] => [code, new Set(domeinen)]),
    ...[...machtigingen].map(([code, voor]): [string, ReadonlySet<Domein>] => [
      code,
      new Set(domeinen.filter((domein) => voor.has(domein))),
    ]),
  ];
  const machtiging: Machtigingen = new Map(over.filter(([, voor]) => voor.size > 0));
  return { namens: new Set(), machtigingen: machtiging };
}

function alsClient(id: string, rechten: Rechten, beheerder: boolean): Client {
  const { namens, machtigingen } = rechten;
  return Object.freeze({ id, namens, beheerder, ...(machtigingen.size > 0 && { machtigingen }) });
}

/**
 * @param rechten of the organisation of the user and of its machtigingen, in full
 * @returns the clients as which it acts: for messages, for the Wlz, and for figures
 */
export function clientsVan(
  gebruiker: { readonly id: string; readonly rol: string; readonly diensten: ReadonlySet<Dienst> },
  rechten: Rechten,
): { readonly client: Client; readonly wlzClient?: Client; readonly ketendataClient?: Client } {
  const { id, rol, diensten } = gebruiker;
  const domeinen = BERICHTEN.filter(([dienst]) => diensten.has(dienst)).map(([, domein]) => domein);
  const wlz = WLZ.some((dienst) => diensten.has(dienst));
  return {
    client: alsClient(clientId(id), beperk(rechten, domeinen), rol === 'beheerder'),
    ...(wlz && { wlzClient: alsClient(clientId(id), beperk(rechten, [WLZ_DOMEIN]), false) }),
    ...(rol === 'landelijk' && {
      ketendataClient: Object.freeze({
        id: clientId(id),
        namens: new Set<string>(),
        beheerder: false,
        landelijk: true,
      }),
    }),
    ...(rol !== 'landelijk' &&
      diensten.has('ketendata') && { ketendataClient: alsClient(clientId(id), rechten, false) }),
  };
}

/** The diensten that an organisation has at that moment: its users can have no others. */
export function dienstenVan(organisatie: Deelnemer, moment: Date): readonly Dienst[] {
  const doet = (domein: Domein): boolean => {
    const deelname = organisatie.deelname.get(domein);
    return deelname !== undefined && binnen(deelname, +moment);
  };
  const berichten = BERICHTEN.filter(([, domein]) => doet(domein)).map(([dienst]) => dienst);
  const wlz = organisatie.soort === 'gemeente' && doet(WLZ_DOMEIN) ? WLZ : [];
  return [...berichten, ...wlz, 'ketendata'];
}
