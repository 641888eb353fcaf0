/** The authorisation matrix: every client, organisation, domein and action of a small world, against a table made by hand. */
import { describe, expect, test } from 'vitest';
import { KnooppuntFout } from '#src/fouten.ts';
import { beslis } from '#src/routering/beslissing.ts';
import { handeltNamens, rechtenVan } from '#src/routering/rechten.ts';
import { BERICHTSOORTEN, DOMEINEN } from '#src/standards/catalogus.ts';
import {
  domeinenVoor,
  eisBeheerder,
  eisBevoegd,
  eisPostbus,
  type Handeling,
  magZien,
} from '#src/toegang/bevoegdheid.ts';
import type { Client } from '#src/toegang/clients.ts';
import { CLIENTNAMEN, CLIENTS, type Clientnaam, feiten, NU, RECHTEN } from './wereld.ts';

const WERELD = feiten();
const CODES = ['0001', '0002', '0003', '98000001', '98000002', 'SVB', '9999', '99999999', '', 'constructor'];
const mag = (naam: Clientnaam, code: string, domein: string): boolean => RECHTEN[naam].includes(`${code} ${domein}`);

/** A client as it comes out of authentication. */
const aangemeld = (naam: Clientnaam, beheerder: boolean): Client => ({
  id: naam,
  beheerder,
  ...rechtenVan(WERELD, CLIENTS[naam], NU),
});

const HANDELINGEN: Readonly<Record<Handeling, { readonly ookBeheerder: boolean }>> = {
  'instelling lezen': { ookBeheerder: true },
  'instelling wijzigen': { ookBeheerder: true },
  'dossier invoeren': { ookBeheerder: true },
  'mandaat lezen': { ookBeheerder: true },
  'mandaat wijzigen': { ookBeheerder: false },
  'mandaat noteren': { ookBeheerder: true },
};

describe.each(CLIENTNAMEN)('%s', (naam) => {
  test('acts for the organisations and domeinen of the table, and for no other', () => {
    const gevonden = CODES.flatMap((code) =>
      DOMEINEN.filter((domein) => handeltNamens(WERELD, CLIENTS[naam], code, domein, NU)).map(
        (domein) => `${code} ${domein}`,
      ),
    );
    expect(gevonden).toEqual([...RECHTEN[naam]]);
  });

  test.each(Object.entries(HANDELINGEN))(
    '%s: as the table says, per domein and for both',
    (handeling, { ookBeheerder }) => {
      for (const beheerder of [false, true])
        for (const code of CODES)
          for (const domein of [...DOMEINEN, undefined]) {
            const nodig = domein === undefined ? DOMEINEN : [domein];
            const verwacht = nodig.every((een) => mag(naam, code, een)) || (beheerder && ookBeheerder);
            const doe = () => eisBevoegd(aangemeld(naam, beheerder), handeling as Handeling, code, domein);
            const wat = `${handeling} for ${code} in ${domein}, operator: ${beheerder}`;
            if (verwacht) expect(doe, wat).not.toThrow();
            else expect(doe, wat).toThrow(KnooppuntFout);
          }
    },
  );

  test('reads of a postbus the domeinen of the table', () => {
    for (const code of CODES) {
      const client = aangemeld(naam, true);
      const verwacht = DOMEINEN.filter((domein) => mag(naam, code, domein));
      expect([...domeinenVoor(client, code)].sort(), code).toEqual(verwacht.toSorted());
      if (verwacht.length === 0) expect(() => eisPostbus(client, code), code).toThrow(KnooppuntFout);
      else expect(eisPostbus(client, code), code).toEqual(verwacht.length === DOMEINEN.length ? undefined : verwacht);
    }
  });

  test('sees a message when it acts for one of its parties in its domein', () => {
    for (const afzender of CODES)
      for (const ontvanger of CODES)
        for (const domein of DOMEINEN)
          expect(magZien(aangemeld(naam, true), { afzender, ontvanger, domein })).toBe(
            mag(naam, afzender, domein) || mag(naam, ontvanger, domein),
          );
  });

  test('is the operator only when its file says so', () => {
    expect(() => eisBeheerder(aangemeld(naam, false))).toThrow(KnooppuntFout);
    expect(() => eisBeheerder(aangemeld(naam, true))).not.toThrow();
  });

  const berichten = BERICHTSOORTEN.flatMap((soort) =>
    CODES.flatMap((afzender) => CODES.map((ontvanger) => ({ soort, afzender, ontvanger }))),
  );

  test(`may send of all ${berichten.length} messages what its rights, the directions and the deelnames leave`, () => {
    const gemeenten = ['0001', '0002', '0003'];
    const aanbieders = ['98000001', '98000002'];
    for (const { soort, afzender, ontvanger } of berichten) {
      const [van, naar] = soort.verzender === 'gemeente' ? [gemeenten, aanbieders] : [aanbieders, gemeenten];
      const deelname = soort.domein === 'iwmo' || ![afzender, ontvanger].includes('98000002');
      const verwacht =
        mag(naam, afzender, soort.domein) && van.includes(afzender) && naar.includes(ontvanger) && deelname;
      const weigering = beslis(WERELD, { soort, afzender, ontvanger, indiener: CLIENTS[naam] }, NU);
      expect(weigering === undefined, `${soort.code} ${afzender} → ${ontvanger}: ${weigering?.uitleg}`).toBe(verwacht);
      if (!mag(naam, afzender, soort.domein)) expect(weigering?.regel).toBe('machtiging');
    }
  });
});

test('without any fact nobody may do anything', () => {
  const leeg = feiten({ organisaties: [], machtigingen: [], vensters: [] });
  for (const naam of CLIENTNAMEN)
    for (const soort of BERICHTSOORTEN)
      for (const afzender of CODES)
        expect(beslis(leeg, { soort, afzender, ontvanger: '0002', indiener: CLIENTS[naam] }, NU)).toBeDefined();
});
