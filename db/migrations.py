"""The schema, as an append-only list of changes. A released migration is never edited.

Tables are STRICT; dates are ISO text, instants UTC text ending in Z, amounts decimal text. Every
table but `saved_views` is a projection of `events`. `version` is the `seq` of the last event that
touched the row.
"""

from sqlite_utils import Database, Migrations

migrations = Migrations("tracker")

_DATE = "CHECK ({0} IS NULL OR {0} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')"


def _on(column: str, null: str = "") -> str:
    return f"{column} TEXT {null} {_DATE.format(column)}"


@migrations()
def m001_initial(db: Database) -> None:
    """The campaign, who works in it, its tasks and figures, and the log that they are projected
    from.
    """
    for statement in (
        """CREATE TABLE campaign (
            key TEXT PRIMARY KEY CHECK (key <> ''), value TEXT NOT NULL, version INTEGER NOT NULL)
            STRICT""",
        """CREATE TABLE workstreams (
            code TEXT PRIMARY KEY CHECK (code <> ''), name TEXT NOT NULL, name_en TEXT NOT NULL,
            article TEXT NOT NULL, position INTEGER NOT NULL, version INTEGER NOT NULL) STRICT""",
        """CREATE TABLE units (
            code TEXT PRIMARY KEY CHECK (code <> ''), name TEXT NOT NULL, name_fold TEXT NOT NULL,
            short_name TEXT NOT NULL, kind TEXT NOT NULL, aliases TEXT NOT NULL, position INTEGER
            NOT NULL,
            version INTEGER NOT NULL) STRICT""",
        """CREATE TABLE officers (
            login TEXT PRIMARY KEY CHECK (login <> ''), name TEXT NOT NULL, name_fold TEXT NOT NULL,
            unit TEXT NOT NULL REFERENCES units (code), role TEXT NOT NULL
            CHECK (role IN ('officer', 'supervisor', 'viewer')),
            active INTEGER NOT NULL, version INTEGER NOT NULL) STRICT""",
        """CREATE TABLE indicators (
            id TEXT PRIMARY KEY CHECK (id <> ''), name TEXT NOT NULL, version INTEGER NOT NULL)
            STRICT""",
        f"""CREATE TABLE tasks (
            code TEXT PRIMARY KEY CHECK (code <> ''), workstream TEXT NOT NULL REFERENCES
            workstreams (code),
            lead TEXT NOT NULL REFERENCES units (code), owner TEXT REFERENCES officers (login),
            confirm TEXT REFERENCES units (code), title TEXT NOT NULL CHECK (title <> ''),
            title_fold TEXT NOT NULL, title_en TEXT, product TEXT, product_fold TEXT NOT NULL
            DEFAULT '',
            status TEXT NOT NULL CHECK (status IN ('not_started', 'in_progress',
            'awaiting_confirmation',
            'completed', 'on_hold', 'not_applicable', 'withdrawn')),
            {_on("start_on")}, {_on("due_on")}, {_on("first_due_on")}, extensions INTEGER NOT NULL,
            {_on("claimed_on")}, {_on("completed_on")},
            progress INTEGER CHECK (progress BETWEEN 0 AND 100), weight TEXT NOT NULL,
            result TEXT, result_fold TEXT NOT NULL DEFAULT '', obstacle TEXT,
            obstacle_fold TEXT NOT NULL DEFAULT '', {_on("obstacle_on")}, request TEXT,
            request_fold TEXT NOT NULL DEFAULT '', {_on("updated_on")},
            undone INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL) STRICT""",
        """CREATE TABLE task_units (
            task TEXT NOT NULL REFERENCES tasks (code), unit TEXT NOT NULL REFERENCES units (code),
            position INTEGER NOT NULL, PRIMARY KEY (task, unit)) STRICT""",
        f"""CREATE TABLE measures (
            task TEXT PRIMARY KEY REFERENCES tasks (code), indicator TEXT NOT NULL REFERENCES
            indicators (id),
            denominator TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('up', 'down')),
            behaviour TEXT NOT NULL CHECK (behaviour IN ('cumulative', 'level', 'stock')),
            baseline TEXT, {_on("baseline_on")}, baseline_required INTEGER NOT NULL,
            version INTEGER NOT NULL) STRICT""",
        f"""CREATE TABLE plan_revisions (
            task TEXT NOT NULL REFERENCES measures (task), {_on("from_on", "NOT NULL")}, value
            TEXT NOT NULL,
            reason TEXT, document TEXT, version INTEGER NOT NULL, PRIMARY KEY (task, from_on))
            STRICT""",
        f"""CREATE TABLE checkpoints (
            task TEXT NOT NULL REFERENCES measures (task), {_on("on_date", "NOT NULL")}, value
            TEXT NOT NULL,
            PRIMARY KEY (task, on_date)) STRICT""",
        f"""CREATE TABLE readings (
            id TEXT PRIMARY KEY CHECK (id <> ''), indicator TEXT NOT NULL REFERENCES indicators
            (id),
            {_on("on_date", "NOT NULL")}, value TEXT NOT NULL, task TEXT NOT NULL REFERENCES tasks
            (code),
            entered TEXT NOT NULL, note TEXT, corrects TEXT REFERENCES readings (id), officer TEXT
            NOT NULL,
            withdrawn INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL) STRICT""",
        """CREATE TABLE events (
            seq INTEGER PRIMARY KEY, uuid TEXT NOT NULL CHECK (length(uuid) = 36), "row" INTEGER
            NOT NULL,
            "group" INTEGER NOT NULL, at TEXT NOT NULL CHECK (at LIKE '____-__-__T__:__:__%Z'),
            day TEXT NOT NULL CHECK (length(day) = 10), actor TEXT, unit TEXT, session TEXT NOT
            NULL,
            kind TEXT NOT NULL CHECK (kind <> ''), entity TEXT NOT NULL, ref TEXT NOT NULL, task
            TEXT,
            field TEXT, old TEXT, new TEXT, reason TEXT, undoes INTEGER, hash TEXT NOT NULL
            CHECK (length(hash) = 64), UNIQUE (uuid, "row")) STRICT""",
        """CREATE TABLE saved_views (
            name TEXT NOT NULL CHECK (name <> ''), owner TEXT, filter TEXT NOT NULL, position
            INTEGER NOT NULL,
            PRIMARY KEY (name, owner)) STRICT""",
        "CREATE INDEX events_by_day ON events (day)",
        """CREATE INDEX events_returned ON events (task, seq)
            WHERE kind = 'return' AND field = 'status'""",
        'CREATE INDEX events_by_group ON events ("group")',
        "CREATE INDEX events_by_task ON events (task, seq) WHERE task IS NOT NULL",
        "CREATE INDEX readings_by_indicator ON readings (indicator, on_date)",
        "CREATE INDEX tasks_by_lead ON tasks (lead)",
    ):
        db.execute(statement)


@migrations()
def m002_targets(db: Database) -> None:
    """Curves and estimates of measures, the paper behind a reading, plans that can be taken back,
    bonus and penalty points.
    """
    for statement in (
        """ALTER TABLE measures ADD COLUMN curve TEXT
            CHECK (curve IN ('line', 'working_days', 'months'))""",
        "ALTER TABLE measures ADD COLUMN month_weights TEXT",
        "ALTER TABLE measures ADD COLUMN maximum TEXT",
        "ALTER TABLE measures ADD COLUMN estimate TEXT",
        f"ALTER TABLE measures ADD COLUMN {_on('estimate_on')}",
        "ALTER TABLE readings ADD COLUMN document TEXT",
        "ALTER TABLE plan_revisions ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0",
        f"""CREATE TABLE bonuses (
            id TEXT PRIMARY KEY CHECK (id <> ''), unit TEXT NOT NULL REFERENCES units (code),
            points TEXT NOT NULL, evidence TEXT NOT NULL CHECK (evidence <> ''),
            {_on("on_date", "NOT NULL")}, officer TEXT NOT NULL,
            withdrawn INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL) STRICT""",
        "CREATE INDEX events_of_status ON events (seq) WHERE entity = 'task' AND field = 'status'",
    ):
        db.execute(statement)


@migrations()
def m003_urgings(db: Database) -> None:
    """Urgings (đôn đốc): that a unit was asked to get on with a task, by which day."""
    db.execute(
        f"""CREATE TABLE urgings (
            id TEXT PRIMARY KEY CHECK (id <> ''), task TEXT NOT NULL REFERENCES tasks (code),
            {_on("on_date", "NOT NULL")}, {_on("by_date", "NOT NULL")}, text TEXT,
            medium TEXT CHECK (medium IN ('zalo', 'phone', 'paper', 'mail')), officer TEXT NOT NULL,
            withdrawn INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL) STRICT"""
    )
