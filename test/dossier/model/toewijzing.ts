/** Judges a 301. Source: TR332, TR379, TR385; OP087, IV066, IV097. */
import type { Klasse } from '#src/standards/structuren.ts';
import { eenJaarEerder, kent } from './begin.ts';
import { alleDeclaraties, isGecrediteerd } from './declaraties.ts';
import {
  botsing,
  dagtekening,
  geldend,
  isVerwijderd,
  onderNummer,
  stap,
  type Uitkomst,
  versies,
  type Zaak,
} from './lijst.ts';
import { verzoeken } from './verzoeken.ts';

type Product = Klasse<'301', 'ToegewezenProduct'>;

/** TR332: one number, one toewijzing: of one person, of one product, from one day on. */
function nummerUniek(zaak: Zaak, bsn: string, product: Product): Uitkomst {
  const { eigen, ander } = onderNummer(zaak.lijst, bsn, product.ToewijzingNummer);
  const geldig = ander.filter((een) => !isVerwijderd(geldend(ander.filter((deze) => deze.bsn === een.bsn)) ?? een));
  if (geldig.length > 0) return botsing(zaak, geldig);
  if (ander.length > 0) return 'twijfel';
  const zelfde = eigen.every(
    ({ product: eerder }) =>
      eerder.Product?.Categorie === product.Product?.Categorie &&
      eerder.Product?.Code === product.Product?.Code &&
      eerder.Ingangsdatum === product.Ingangsdatum,
  );
  return zelfde ? 'goed' : 'twijfel';
}

/** TR379: the reference is that of a request of this person; and only the first time. */
function referentie(zaak: Zaak, bsn: string, product: Product): Uitkomst {
  const { lijst, bericht, begin } = zaak;
  const kenmerk = product.ReferentieAanbieder;
  if (kenmerk === undefined) return 'goed';
  // Sent once more, it is what it was; whoever asked for it, did so before that.
  const { eigen } = onderNummer(lijst, bsn, product.ToewijzingNummer);
  if (eigen.some(({ product: eerder }) => eerder.ReferentieAanbieder === kenmerk)) return 'twijfel';
  const verzoek = verzoeken(lijst).some((een) => een.referentie === kenmerk && een.bsn === bsn);
  // An old version that is sent again answers a request from before that version.
  const [dag] = [dagtekening(bericht), product.Toewijzingsdatum].sort() as [string, string];
  return verzoek ? 'goed' : kent(begin, eenJaarEerder(dag)) ? 'fout' : 'onbekend';
}

/** TR385: nothing that was granted, and not taken back, may lose its ground. */
function magWeg(zaak: Zaak, bsn: string, product: Product): Uitkomst {
  if (product.RedenWijziging !== '13') return 'goed';
  const alle = alleDeclaraties(zaak.lijst);
  const blijft = alle.filter(
    (een) =>
      een.bsn === bsn &&
      Number(een.prestatie.ToewijzingNummer) === Number(product.ToewijzingNummer) &&
      een.stand === 'toegekend' &&
      een.debet &&
      !isGecrediteerd(een, alle),
  );
  return botsing(zaak, blijft);
}

export function oordeelToewijzing(zaak: Zaak): void {
  const { Bsn, ToegewezenProducten } = zaak.bericht.inhoud.Client as unknown as Klasse<'301', 'Client'>;
  const producten = ToegewezenProducten.ToegewezenProduct;
  for (const [nr, product] of producten.entries()) {
    const pad = `/Bericht/Client/ToegewezenProducten/${stap('ToegewezenProduct', nr, producten)}`;
    zaak.uit.meld('TR332', pad, product, 'ToewijzingNummer', nummerUniek(zaak, Bsn, product));
    zaak.uit.meld('TR379', pad, product, 'ReferentieAanbieder', referentie(zaak, Bsn, product));
    zaak.uit.meld('TR385', pad, product, 'RedenWijziging', magWeg(zaak, Bsn, product));
  }
}

/** Is this person somebody for whom something was allocated or asked? TR304 of a 317. */
export const isBekend = ({ lijst }: Zaak, bsn: string): boolean =>
  versies(lijst).some((versie) => versie.bsn === bsn) || verzoeken(lijst).some((verzoek) => verzoek.bsn === bsn);
