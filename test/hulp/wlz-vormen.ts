/** The register in the forms that tell more than we may keep: with everything in them that must not be kept. */

export interface Registerrij {
  readonly bsn: string;
  readonly besluitnummer: number;
  readonly ingangsdatum: string;
  readonly einddatum?: string;
  readonly vervaldatum?: string;
  /** zzpCode and financiering. */
  readonly pakketten: readonly (readonly [string, string])[];
}
export type Register = readonly Registerrij[];

/** Stand in every row, to be looked for afterwards. */
export const GEHEIMEN = {
  naam: 'Verborgenaam',
  straat: 'Onzichtbaarlaan',
  ziektebeeld: 'ZIEKTE77',
  commentaar: 'GEHEIMCOMMENTAAR',
  zorgkantoor: '5533',
} as const;

const als = (naam: string, waarde: string | undefined): string =>
  waarde === undefined ? '' : `<${naam}>${waarde}</${naam}>`;

const clientXml = ({ bsn, besluitnummer, ingangsdatum, einddatum, pakketten }: Registerrij): string => `
    <Client>
      <Bsn>${bsn}</Bsn><GeheimeClient>2</GeheimeClient><Geboortedatum><Datum>1940-01-01</Datum></Geboortedatum><Geslacht>1</Geslacht>
      <Naam><Geslachtsnaam><Achternaam>${GEHEIMEN.naam}</Achternaam></Geslachtsnaam></Naam><Leefeenheid>2</Leefeenheid>
      <Relaties><Relatie><Nummer>1</Nummer><Soort>12</Soort><Bsn>999999990</Bsn></Relatie></Relaties>
      <Contactgegevens><Contact><Soort>01</Soort><Adres><Straatnaam>${GEHEIMEN.straat}</Straatnaam></Adres></Contact></Contactgegevens>
      <Indicatie>
        <Besluitnummer>${besluitnummer}</Besluitnummer><Soort>1</Soort>
        <Grondslagen><Grondslag01>02</Grondslag01></Grondslagen>
        <Afgiftedatum>2023-12-01</Afgiftedatum><Ingangsdatum>${ingangsdatum}</Ingangsdatum>${als('Einddatum', einddatum)}
        <Commentaar>${GEHEIMEN.commentaar}</Commentaar>
        <Stoornissen><Stoornis><Grondslag>02</Grondslag><ZiektebeeldStoornis>${GEHEIMEN.ziektebeeld}</ZiektebeeldStoornis></Stoornis></Stoornissen>
        ${pakketten.length === 0 ? '' : '<GeindiceerdeZorgzwaartepakketten>'}${pakketten
          .map(
            ([zzp, financiering]) =>
              `<GeindiceerdZorgzwaartepakket><ZzpCode>${zzp}</ZzpCode><Ingangsdatum>${ingangsdatum}</Ingangsdatum><Klasse>1</Klasse><Financiering>${financiering}</Financiering></GeindiceerdZorgzwaartepakket>`,
          )
          .join('')}${pakketten.length === 0 ? '' : '</GeindiceerdeZorgzwaartepakketten>'}
      </Indicatie>
    </Client>`;

/** As one IO31 of iWlz 2.2. */
export const io31 = (register: Register): string => `<?xml version="1.0" encoding="UTF-8"?>
<Bericht xmlns="http://www.istandaarden.nl/iwlz/2_2/io31/schema">
  <Header>
    <BerichtCode>388</BerichtCode><BerichtVersie>5</BerichtVersie><BerichtSubversie>2</BerichtSubversie><Ontvanger>${GEHEIMEN.zorgkantoor}</Ontvanger>
  </Header>
  <Clienten>${register.map(clientXml).join('')}
  </Clienten>
</Bericht>
`;

export interface Irkeuze {
  readonly omhulsel?: 'lijst' | 'antwoord';
  readonly release?: 1 | 2;
}

/** As JSON of the Indicatieregister. */
export function ir(register: Register, { omhulsel = 'lijst', release = 1 }: Irkeuze): string {
  const lijst = register.map(({ bsn, besluitnummer, ingangsdatum, einddatum, vervaldatum, pakketten }, nr) => ({
    wlzindicatieID: `00000000-0000-4000-8000-${String(nr).padStart(12, '0')}`,
    bsn,
    besluitnummer,
    soortWlzindicatie: '1',
    afgiftedatum: '2023-12-01',
    ingangsdatum,
    einddatum: einddatum ?? null,
    ...(release === 2 && {
      vervaldatum: vervaldatum ?? null,
      initieelVerantwoordelijkZorgkantoor: GEHEIMEN.zorgkantoor,
    }),
    geindiceerdZorgzwaartepakket: pakketten.map(([zzpCode, financiering]) => ({ zzpCode, financiering, ingangsdatum })),
    grondslag: [{ grondslag: '02', volgorde: 1 }],
    stoornis: [{ ziektebeeldStoornis: GEHEIMEN.ziektebeeld, commentaar: GEHEIMEN.commentaar }],
    client: { bsn, geslachtsnaam: GEHEIMEN.naam, contactGegevens: { adres: [{ straatnaam: GEHEIMEN.straat }] } },
  }));
  return JSON.stringify(omhulsel === 'lijst' ? lijst : { data: { wlzIndicatie: lijst } });
}
