import type { Knex } from "knex";

/**
 * The clock of a storm: that of its database, moved on over waits that nobody wants to sit through. `horloge()` of this
 * one database reads the moves, so every session sees each of them at the same instant and none goes back.
 */
export async function installClock(db: Knex): Promise<void> {
  await db.raw(`
    CREATE TABLE storm_clock (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, real_at timestamptz NOT NULL, ahead interval NOT NULL);
    INSERT INTO storm_clock (real_at, ahead) VALUES (clock_timestamp(), '0');
    CREATE OR REPLACE FUNCTION horloge() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
      SELECT date_trunc('milliseconds', clock_timestamp()) + (SELECT ahead FROM storm_clock ORDER BY id DESC LIMIT 1)
    $$;
    -- When each attempt was claimed, and the date that it had to wait for, whatever becomes of the row.
    CREATE TABLE storm_claim (
      delivery_id text, epoch integer, due_at timestamptz, snapshot_id bigint,
      at timestamptz DEFAULT horloge(), real_at timestamptz DEFAULT clock_timestamp(), PRIMARY KEY (delivery_id, epoch));
    CREATE FUNCTION storm_claimed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO storm_claim (delivery_id, epoch, due_at, snapshot_id) VALUES (NEW.id, NEW.epoch, OLD.due_at, NEW.snapshot_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER storm_claimed AFTER UPDATE ON delivery FOR EACH ROW
      WHEN (NEW.etat = 'in_flight' AND NEW.epoch <> OLD.epoch) EXECUTE FUNCTION storm_claimed();
  `);
}

/**
 * Moves the clock on. Leases move with it: they measure how long a worker gives no sign, which no wait of a partner has
 * to do with.
 */
export async function moveClock(db: Knex, ms: number): Promise<void> {
  await db.transaction(async (trx) => {
    // Partners first and in order, as the product does: nobody waits in a circle.
    await trx.raw("SELECT 1 FROM partner ORDER BY id FOR NO KEY UPDATE");
    const by = "? * interval '1 millisecond'";
    await trx.raw(`UPDATE delivery SET lease_until = lease_until + ${by} WHERE etat = 'in_flight'`, [ms]);
    await trx.raw(
      `INSERT INTO storm_clock (real_at, ahead)
       SELECT clock_timestamp(), ahead + ${by} FROM storm_clock ORDER BY id DESC LIMIT 1`,
      [ms],
    );
  });
}

/** What waits, on the clock of the database. */
export interface Waiting {
  /** Due now, for a partner that is there and not busy. */
  readonly due: number;
  /** Milliseconds until the next ones, the earliest first; at most `most` of them. */
  readonly next: readonly number[];
}

export async function waitingNow(db: Knex, most: number): Promise<Waiting> {
  const { rows } = await db.raw<{ rows: { ms: number }[] }>(
    `SELECT extract(epoch FROM d.due_at - horloge())::float8 * 1000 AS ms FROM delivery d JOIN partner p ON p.id = d.partner
     WHERE d.etat IN ('scheduled', 'retry') AND p.etat = 'actif'
       AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.partner = d.partner AND o.etat = 'in_flight')
     ORDER BY d.due_at`,
  );
  const all = rows.map(({ ms }) => ms);
  return { due: all.filter((ms) => ms <= 0).length, next: all.filter((ms) => ms > 0).slice(0, most) };
}
