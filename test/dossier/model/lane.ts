/** The lane of our own dossier: it judges, and is fed exactly as a lane does it. What it wrote down is read back at every turn. */
import { besluitVan } from '#src/dossier/besluit.ts';
import { Dossier, prestatiesleutel } from '#src/dossier/dossier.ts';
import type { Feiten, Herkomst, Masker } from '#src/dossier/feiten.ts';
import { kennisVan } from '#src/dossier/kennis.ts';
import { schouw } from '#src/dossier/schouw.ts';
import { feitenVan } from '#src/dossier/uittreksel.ts';
import { afgerond, zonder } from '#src/dossier/verhaal.ts';
import { NIET_BEOORDEELD } from '#src/dossier/verslag.ts';
import type { Begin } from './begin.ts';
import { type Bericht, dagtekening, type Oordeel, type Vondst } from './lijst.ts';
import type { Terug, Vraag } from './referentie.ts';

const MASKER: Masker = { persoon: (bsn) => `persoon ${bsn}`, kenmerk: (tekst) => `kenmerk ${tekst}` };

const herkomstVan = (bericht: Bericht): Herkomst => ({
  volgorde: bericht.volgorde,
  berichtId: bericht.ingevoerd ? null : `bericht ${bericht.volgorde}`,
  dagtekening: dagtekening(bericht),
});

const oordeelVan = (ernst: string, retourcode: string | null): Oordeel =>
  ernst === 'fout' ? 'fout' : retourcode === NIET_BEOORDEELD ? 'onbekend' : 'twijfel';

const KEUZES = ['toewijzingen', 'leveringen', 'verzoeken', 'antwoorden', 'declaraties', 'prestaties'] as const;

export class Lane {
  /** As a store has them. */
  #bewaard: readonly Feiten[] = [];
  #dossier = new Dossier();

  oordeel({ bericht, heen, begin, peildatum, geweigerd, tarieven }: Vraag): readonly Vondst[] {
    const { vondsten } = schouw({
      soort: bericht.soort,
      inhoud: bericht.inhoud,
      herkomst: herkomstVan(bericht),
      heen,
      dossier: this.#dossier,
      kennis: kennisVan(begin satisfies Begin),
      masker: MASKER,
      peildatum,
      geweigerd,
      ...(tarieven && { tarieven: { tarievenOp: tarieven } }),
    });
    return vondsten.map(({ regel, pad, ernst, retourcode }) => ({
      regel,
      pad,
      oordeel: oordeelVan(ernst, retourcode),
    }));
  }

  noteer(bericht: Bericht): void {
    const feiten = feitenVan(bericht.soort, bericht.inhoud, herkomstVan(bericht), MASKER);
    if (feiten) this.#dossier.neem(feiten);
  }

  isNietVerzonden(volgorde: number): void {
    this.#dossier.vergeet(volgorde);
  }

  stuurTerug(volgorde: number, prestaties: readonly Terug[]): void {
    const afgewezen = prestaties.map(({ bsn, prestatie: { ProductReferentie } }) => {
      const { ReferentieNummer, VorigReferentieNummer } = ProductReferentie;
      return prestatiesleutel({
        persoon: MASKER.persoon(bsn),
        kenmerk: MASKER.kenmerk(ReferentieNummer),
        vorig: VorigReferentieNummer === undefined ? null : MASKER.kenmerk(VorigReferentieNummer),
      });
    });
    this.#dossier.beslis({ volgorde, afgewezen: new Set(afgewezen) });
  }

  beslis(antwoord: Bericht, volgorde: number): void {
    const besluit = besluitVan(antwoord.inhoud, volgorde, MASKER);
    if (besluit) this.#dossier.beslis(besluit);
    else this.#dossier.vergeet(volgorde);
  }

  /** Retention: what is over goes. @returns the last day of what went; null: nothing did */
  ruimOp(voor: string, isVrij: (herkomst: Herkomst) => boolean): string | null {
    this.beurt();
    const stukken = Object.fromEntries(KEUZES.map((keuze) => [keuze, this.#bewaard.flatMap((van) => [...van[keuze]])]));
    const weg = afgerond(stukken as unknown as Feiten, { voor, isVrij });
    this.#bewaard = this.#bewaard.flatMap((van) => zonder(van, weg) ?? []);
    this.beurt();
    return weg.dag;
  }

  /** A turn ends: what changed is written down, and the next turn reads it back. */
  beurt(): void {
    const { nieuw, vergeten, besloten } = this.#dossier.wijzigingen;
    const besluiten = new Map(besloten.map((besluit) => [besluit.volgorde, besluit.afgewezen]));
    this.#bewaard = [...this.#bewaard, ...nieuw]
      .filter(({ bericht }) => !vergeten.includes(bericht.herkomst.volgorde))
      .map((feiten) => {
        const afgewezen = besluiten.get(feiten.bericht.herkomst.volgorde);
        if (!afgewezen) return feiten;
        const prestaties = feiten.prestaties.map((prestatie) => ({
          ...prestatie,
          stand: afgewezen.has(prestatiesleutel(prestatie)) ? ('afgewezen' as const) : ('toegekend' as const),
        }));
        return { ...feiten, prestaties };
      });
    this.#dossier = new Dossier();
    const alle = Object.fromEntries(
      KEUZES.map((keuze) => [keuze, this.#bewaard.flatMap((feiten) => [...feiten[keuze]])]),
    );
    this.#dossier.laad({
      ...(alle as unknown as Omit<Feiten, 'bericht'>),
      berichten: this.#bewaard.map(({ bericht }) => bericht),
    });
  }
}
