/** Judges a 323. Source: TR304, TR314, TR318, TR319, TR323, TR333, TR338, TR384, TR389, TR390; OP080, OP366, IV085, IV087, IV090. */
import type { Klasse } from '#src/standards/structuren.ts';
import { kent, zag } from './begin.ts';
import { alleDeclaraties, declaratieVan, type Gedeclareerd, isDebet, isGecrediteerd, telt } from './declaraties.ts';
import {
  botsing,
  geldend,
  isVerwijderd,
  onderNummer,
  type Prestatie,
  stap,
  type Uitkomst,
  van,
  vanAnder,
  versies,
  type Zaak,
  zwaarte,
} from './lijst.ts';
import { oordeelTarief, oordeelTegenToewijzing, type Tarieven } from './prestatie.ts';

const PAD = '/Bericht/Declaratie';

export interface Declaratiezaak extends Zaak {
  /** Paths of prestaties that level 4 refused. */
  readonly geweigerd: ReadonlySet<string>;
  readonly tarieven: Tarieven | undefined;
}

type Declaratie = Klasse<'323', 'Declaratie'>;

/** TR333, TR318 */
function oordeelGeheel(zaak: Zaak, declaratie: Declaratie): void {
  const { lijst, uit } = zaak;
  const eerder = van(lijst, '323').map((bericht) => ({ bericht, klasse: declaratieVan(bericht) }));
  const zelfde = eerder.filter(({ klasse }) => klasse.DeclaratieNummer === declaratie.DeclaratieNummer);
  uit.meld('TR333', PAD, declaratie, 'DeclaratieNummer', botsing(zaak, zelfde));

  // The latest period there was; of more with that period, the first.
  const laatste = eerder.reduce<(typeof eerder)[number] | undefined>(
    (a, b) => (a && b.klasse.DeclaratiePeriode.Begindatum <= a.klasse.DeclaratiePeriode.Begindatum ? a : b),
    undefined,
  );
  const terug = laatste && declaratie.DeclaratiePeriode.Begindatum < laatste.klasse.DeclaratiePeriode.Begindatum;
  const eerstGeschreven = laatste && laatste.klasse.DeclaratieDagtekening < declaratie.DeclaratieDagtekening;
  const uitkomst: Uitkomst = !terug ? 'goed' : eerstGeschreven ? botsing(zaak, [laatste]) : 'twijfel';
  uit.meld('TR318', PAD, declaratie, 'DeclaratiePeriode', uitkomst);
}

/** TR304: is anything allocated to this person? A credit needs no toewijzing (IV085), and tells that there was one. */
function clientBekend({ lijst, begin }: Zaak, { Bsn, Prestaties }: Klasse<'323', 'Client'>, credit: boolean): Uitkomst {
  if (credit || versies(lijst).some(({ bsn }) => bsn === Bsn)) return 'goed';
  const begindagen = (Prestaties.Prestatie as readonly Prestatie[])
    .filter(isDebet)
    .map(({ ProductPeriode }) => ProductPeriode.Begindatum)
    .sort();
  const eerste = begindagen[0];
  return eerste === undefined ? 'goed' : kent(begin, eerste) ? 'fout' : 'onbekend';
}

/** TR338 */
function heeftToewijzing(zaak: Zaak, bsn: string, prestatie: Prestatie): Uitkomst {
  const { eigen, ander } = onderNummer(zaak.lijst, bsn, prestatie.ToewijzingNummer);
  if (eigen.length > 0) return 'goed';
  if (ander.length > 0) return vanAnder(zaak, ander, prestatie.ProductPeriode.Begindatum);
  return kent(zaak.begin, prestatie.ProductPeriode.Begindatum) ? 'fout' : 'onbekend';
}

/** TR389. Within one message that is a rule of level 2. */
function isEnigeDebet(zaak: Zaak, { bsn, prestatie }: Gedeclareerd, alle: readonly Gedeclareerd[]): Uitkomst {
  const zelfde = alle.filter(
    (een) =>
      een.debet &&
      telt(een) &&
      een.bsn === bsn &&
      een.bericht.volgorde !== zaak.bericht.volgorde &&
      Number(een.prestatie.ToewijzingNummer) === Number(prestatie.ToewijzingNummer) &&
      een.prestatie.ProductCategorie === prestatie.ProductCategorie &&
      een.prestatie.ProductCode === prestatie.ProductCode &&
      een.prestatie.ProductPeriode.Begindatum === prestatie.ProductPeriode.Begindatum &&
      een.prestatie.ProductPeriode.Einddatum === prestatie.ProductPeriode.Einddatum &&
      !isGecrediteerd(een, alle),
  );
  return botsing(zaak, zelfde);
}

interface Regel {
  readonly pad: string;
  readonly clientpad: string;
  readonly dit: Gedeclareerd;
}

function oordeelReferentie(zaak: Zaak, { pad, dit: { prestatie } }: Regel, alle: readonly Gedeclareerd[]): void {
  const kenmerk = prestatie.ProductReferentie.ReferentieNummer;
  const zelfde = alle.filter((een) => telt(een) && een.prestatie.ProductReferentie.ReferentieNummer === kenmerk);
  zaak.uit.meld('TR314', pad, prestatie, 'ProductReferentie.ReferentieNummer', botsing(zaak, zelfde));
}

/** TR323: what it takes back was granted. Care is declared after it was given, so that debet came after the first day of its period. */
function toegekend(zaak: Zaak, { bsn, prestatie }: Gedeclareerd): Uitkomst {
  const isEr = alleDeclaraties(zaak.lijst).some(
    (een) =>
      een.debet &&
      een.bsn === bsn &&
      een.stand === 'toegekend' &&
      een.prestatie.ProductReferentie.ReferentieNummer === prestatie.ProductReferentie.VorigReferentieNummer,
  );
  if (isEr) return 'goed';
  return zag(zaak.begin, prestatie.ProductPeriode.Begindatum) ? 'fout' : 'onbekend';
}

function oordeelCredit(zaak: Zaak, { pad, dit }: Regel, alle: readonly Gedeclareerd[]): void {
  const { prestatie } = dit;
  const vorig = prestatie.ProductReferentie.VorigReferentieNummer;
  zaak.uit.meld('TR323', pad, prestatie, 'ProductReferentie.VorigReferentieNummer', toegekend(zaak, dit));
  // Two in one message is a rule of level 2.
  const nogEen = alle.filter(
    (een) =>
      !een.debet &&
      telt(een) &&
      een.bericht.volgorde !== zaak.bericht.volgorde &&
      een.prestatie.ProductReferentie.VorigReferentieNummer === vorig,
  );
  zaak.uit.meld('TR390', pad, prestatie, 'IngediendBedrag.DebetCredit', botsing(zaak, nogEen));
}

function oordeelDebet(
  zaak: Declaratiezaak,
  { pad, dit }: Regel,
  clientGoed: boolean,
  declaratie: Declaratie,
  alle: readonly Gedeclareerd[],
): void {
  const { uit, lijst } = zaak;
  const { bsn, prestatie } = dit;
  const teLaat = prestatie.ProductPeriode.Einddatum > declaratie.DeclaratiePeriode.Einddatum;
  uit.meld('TR319', pad, prestatie, 'ProductPeriode', teLaat ? 'fout' : 'goed');
  uit.meld('TR389', pad, prestatie, 'IngediendBedrag.DebetCredit', isEnigeDebet(zaak, dit, alle));
  oordeelTarief(zaak, zaak.tarieven, pad, prestatie);
  if (clientGoed) uit.meld('TR338', pad, prestatie, 'ToewijzingNummer', heeftToewijzing(zaak, bsn, prestatie));
  const toewijzing = geldend(onderNummer(lijst, bsn, prestatie.ToewijzingNummer).eigen);
  if (!toewijzing) return;
  const weg = isVerwijderd(toewijzing);
  uit.meld('TR384', pad, prestatie, 'ToewijzingNummer', weg ? zwaarte(toewijzing, zaak) : 'goed');
  if (!weg) oordeelTegenToewijzing(zaak, pad, dit, toewijzing, alle);
}

export function oordeelDeclaratie(zaak: Declaratiezaak): void {
  const { uit, geweigerd, lijst } = zaak;
  const declaratie = declaratieVan(zaak.bericht);
  const eigen = { ...zaak.bericht, telt: true, teruggestuurd: null };
  const isGeweigerd = (): boolean => uit.vondsten.some(({ oordeel }) => oordeel === 'fout');
  // IV087: of what is refused as a whole, nothing else is judged.
  if (isGeweigerd()) return;
  oordeelGeheel(zaak, declaratie);
  if (isGeweigerd()) return;

  const clienten: readonly Klasse<'323', 'Client'>[] = declaratie.Clienten.Client;
  const perClient = clienten.map((client, nr) => {
    const clientpad = `${PAD}/Clienten/${stap('Client', nr, clienten)}`;
    const prestaties: readonly Prestatie[] = client.Prestaties.Prestatie;
    const regels = prestaties.map((prestatie, plaats): Regel => {
      const pad = `${clientpad}/Prestaties/${stap('Prestatie', plaats, prestaties)}`;
      const dit = {
        bericht: eigen,
        bsn: client.Bsn,
        prestatie,
        debet: isDebet(prestatie),
        stand: 'ingediend' as const,
      };
      return { pad, clientpad, dit };
    });
    return { client, clientpad, regels };
  });

  // What is refused counts for nothing that comes after it.
  const meegeteld: Gedeclareerd[] = [];
  const telMee = ({ pad, dit }: Regel): void => {
    if (!uit.heeftFout(pad) && !geweigerd.has(pad)) meegeteld.push(dit);
  };
  const alle = (): readonly Gedeclareerd[] => [...alleDeclaraties(lijst), ...meegeteld];

  // OP366: first all that is taken back.
  for (const regel of perClient.flatMap(({ regels }) => regels.filter(({ dit }) => !dit.debet))) {
    oordeelReferentie(zaak, regel, alle());
    oordeelCredit(zaak, regel, alle());
    telMee(regel);
  }
  for (const { client, clientpad, regels } of perClient) {
    const heeftCredit = meegeteld.some(({ debet, bsn }) => !debet && bsn === client.Bsn);
    const bekend = clientBekend(zaak, client, heeftCredit);
    uit.meld('TR304', clientpad, client, 'Bsn', bekend);
    if (bekend === 'fout') continue;
    for (const regel of regels.filter(({ dit }) => dit.debet)) {
      const voor = alle();
      oordeelReferentie(zaak, regel, voor);
      oordeelDebet(zaak, regel, bekend === 'goed', declaratie, voor);
      telMee(regel);
    }
  }
}
