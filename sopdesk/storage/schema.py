"""The tables of an office file, as someone who opens one in an SQLite browser reads them.

One row per thing: an SOP, a lane, a step, a symbol, a flow, an item of a list. What is hardly ever
searched or joined (sheet settings, list styles, the office's customs) is JSON text in a column.
JSON has no CHECK, since SQLite counts `json_valid` among the functions that a file must not call.
The tables are not STRICT: widespread SQLite browsers carry a library too old to open those.
"""

from __future__ import annotations

APPLICATION_ID = 0x534F5044
"""`SOPD` in the header of the file: this is an office file of SOPDesk."""

SCHEMA_1 = """
CREATE TABLE file (
  -- one row: the file itself
  id INTEGER PRIMARY KEY CHECK (id = 1),
  made_by TEXT NOT NULL,   -- the version of SOPDesk that made the tables as they are
  save_id TEXT NOT NULL,   -- names the last change of anything in the file
  saved_at TEXT NOT NULL   -- its time, UTC
);

CREATE TABLE office (
  -- one row: the office and what it has settled for all its SOPs
  id INTEGER PRIMARY KEY CHECK (id = 1),
  city TEXT NOT NULL,
  logo BLOB,               -- PNG
  calendar TEXT NOT NULL,  -- JSON: hours a day, days a week, a month
  customs TEXT NOT NULL,  -- JSON: form of dates, room for the signature
  recap TEXT NOT NULL,  -- JSON: title, place and signatory
  sheet TEXT NOT NULL,  -- JSON
  list_styles TEXT NOT NULL,  -- JSON
  rev INTEGER NOT NULL CHECK (rev >= 1),
  save_id TEXT NOT NULL,
  sha256 TEXT NOT NULL
);

CREATE TABLE office_items (
  -- the lines of the letterhead and of the address
  list TEXT NOT NULL CHECK (list IN ('lines', 'address')),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (list, position)
) WITHOUT ROWID;

CREATE TABLE units (
  -- the office's units as a tree, those that only an SOP names included
  id INTEGER PRIMARY KEY,
  parent_id INTEGER REFERENCES units (id),
  name TEXT NOT NULL,
  position INTEGER         -- in the office's own order; empty where only SOPs name the unit
);
CREATE UNIQUE INDEX units_by_name ON units (coalesce(parent_id, 0), name);
CREATE INDEX units_by_parent ON units (parent_id);

CREATE TABLE sops (
  -- one row per SOP: its identity sheet
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  origin TEXT,             -- the uuid it had in the file it came from
  position INTEGER NOT NULL,  -- in the office's order, from 1
  status TEXT NOT NULL CHECK (status IN ('planned', 'draft', 'review', 'correction', 'final',
    'approved', 'superseded', 'withdrawn')),
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  unit_id INTEGER REFERENCES units (id),
  created_on TEXT,         -- 2019-05-09, 2019-05 or 2019
  revised_on TEXT,
  revision TEXT NOT NULL,
  effective_on TEXT,
  approved_by_name TEXT NOT NULL,
  approved_by_rank TEXT NOT NULL,
  approved_by_employee_id TEXT NOT NULL,
  list_styles TEXT NOT NULL,  -- JSON
  sheet TEXT NOT NULL,  -- JSON: its own settings, over the office's
  extra TEXT NOT NULL,  -- JSON: keys that this version does not know
  rev INTEGER NOT NULL CHECK (rev >= 1),  -- counts the saves
  save_id TEXT NOT NULL,   -- names the last save
  saved_at TEXT NOT NULL,  -- its time, UTC
  sha256 TEXT NOT NULL     -- over the canonical form of the whole SOP
);
CREATE INDEX sops_by_unit ON sops (unit_id);
CREATE INDEX sops_by_position ON sops (position);
CREATE INDEX sops_by_origin ON sops (origin) WHERE origin IS NOT NULL;

CREATE TABLE sop_items (
  -- the lists of an identity sheet, and its texts of several lines
  sop_id INTEGER NOT NULL REFERENCES sops (id) ON DELETE CASCADE,
  list TEXT NOT NULL CHECK (list IN ('institution', 'approved_by_position', 'legal_basis',
    'qualifications', 'related', 'equipment', 'warnings', 'records', 'closing_position')),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (sop_id, list, position)
) WITHOUT ROWID;

CREATE TABLE closings (
  -- the signature block below the last flow table, where an SOP has one
  sop_id INTEGER PRIMARY KEY REFERENCES sops (id) ON DELETE CASCADE,
  place_date TEXT NOT NULL,
  name TEXT NOT NULL,
  rank TEXT NOT NULL,
  employee_id TEXT NOT NULL
);

CREATE TABLE procedures (
  -- the flow tables of an SOP
  id INTEGER PRIMARY KEY,
  sop_id INTEGER NOT NULL REFERENCES sops (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  extra TEXT NOT NULL,  -- JSON
  UNIQUE (sop_id, position)
);

CREATE TABLE procedure_notes (
  -- the lines below a flow table
  procedure_id INTEGER NOT NULL REFERENCES procedures (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (procedure_id, position)
) WITHOUT ROWID;

CREATE TABLE lanes (
  -- the columns of a flow table: who carries the steps out
  procedure_id INTEGER NOT NULL REFERENCES procedures (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  extra TEXT NOT NULL,  -- JSON
  PRIMARY KEY (procedure_id, id)
) WITHOUT ROWID;

CREATE TABLE lane_groups (
  -- the headings above a lane, outermost first
  procedure_id INTEGER NOT NULL,
  lane_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (procedure_id, lane_id, position),
  FOREIGN KEY (procedure_id, lane_id) REFERENCES lanes (procedure_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE steps (
  -- the rows of a flow table
  procedure_id INTEGER NOT NULL REFERENCES procedures (id) ON DELETE CASCADE,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  number TEXT,             -- as printed; empty: automatic
  activity TEXT NOT NULL,
  duration TEXT NOT NULL,
  remarks TEXT NOT NULL,
  duration_rows INTEGER NOT NULL CHECK (duration_rows >= 1),  -- rows that its cell covers
  requirements_rows INTEGER NOT NULL CHECK (requirements_rows >= 1),
  outputs_rows INTEGER NOT NULL CHECK (outputs_rows >= 1),
  remarks_rows INTEGER NOT NULL CHECK (remarks_rows >= 1),
  refers_to TEXT,          -- the uuid of another SOP, which may be in another file
  extra TEXT NOT NULL,  -- JSON
  PRIMARY KEY (procedure_id, id)
) WITHOUT ROWID;

CREATE TABLE step_items (
  -- the lists of a step
  procedure_id INTEGER NOT NULL,
  step_id TEXT NOT NULL,
  list TEXT NOT NULL CHECK (list IN ('activity_items', 'requirements', 'outputs')),
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (procedure_id, step_id, list, position),
  FOREIGN KEY (procedure_id, step_id) REFERENCES steps (procedure_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE symbols (
  -- the shapes of the flowchart
  procedure_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  step_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('start', 'process', 'decision', 'end')),
  text TEXT NOT NULL,
  extra TEXT NOT NULL,  -- JSON
  PRIMARY KEY (procedure_id, id),
  FOREIGN KEY (procedure_id, step_id) REFERENCES steps (procedure_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE symbol_lanes (
  -- the lanes that a symbol stands in: one, or neighbouring ones from left to right
  procedure_id INTEGER NOT NULL,
  symbol_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  lane_id TEXT NOT NULL,
  PRIMARY KEY (procedure_id, symbol_id, position),
  FOREIGN KEY (procedure_id, symbol_id) REFERENCES symbols (procedure_id, id) ON DELETE CASCADE,
  FOREIGN KEY (procedure_id, lane_id) REFERENCES lanes (procedure_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE flows (
  -- the arrows between symbols
  procedure_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  source_id TEXT NOT NULL,
  target_id TEXT NOT NULL,
  label TEXT NOT NULL,
  line TEXT NOT NULL CHECK (line IN ('arrow', 'plain')),
  exit TEXT CHECK (exit IN ('left', 'right', 'bottom')),  -- a side that the clerk has fixed
  entry TEXT CHECK (entry IN ('left', 'right', 'top')),
  extra TEXT NOT NULL,  -- JSON
  PRIMARY KEY (procedure_id, position),
  FOREIGN KEY (procedure_id, source_id) REFERENCES symbols (procedure_id, id) ON DELETE CASCADE,
  FOREIGN KEY (procedure_id, target_id) REFERENCES symbols (procedure_id, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE revisions (
  -- what was saved, whole. No foreign key: an SOP's revisions outlive it, so that it can come back
  id INTEGER PRIMARY KEY,
  sop_uuid TEXT NOT NULL,
  rev INTEGER NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('added', 'saved', 'deleted')),
  saved_at TEXT NOT NULL,  -- UTC
  save_id TEXT NOT NULL,
  title TEXT NOT NULL,
  number TEXT NOT NULL,
  origin TEXT,
  sha256 TEXT NOT NULL,    -- over the canonical form
  value BLOB NOT NULL,     -- the canonical form: JSON of the exchange file, compressed by zlib
  UNIQUE (sop_uuid, rev)
);

-- Three letters in a row are one word to it, since Indonesian prefixes (me-, di-) defeat a search
-- for beginnings of words. Its rowid is the id of the SOP.
CREATE VIRTUAL TABLE sop_search USING fts5 (words, tokenize = 'trigram', detail = none);
"""

SCHEMA_2 = """
ALTER TABLE revisions ADD COLUMN author TEXT NOT NULL  -- who wrote it, by the name colleagues see
    DEFAULT '';
ALTER TABLE revisions ADD COLUMN cause TEXT NOT NULL   -- how it came, where that is special;
    -- 'aside': it never was the present one, but was left out where two had saved the SOP
    DEFAULT '' CHECK (cause IN ('', 'import', 'merge', 'restore', 'backup', 'aside')
    /* value: */);
"""
"""Columns that are added: to make `revisions` anew would double the size of a file.

SQLite puts them before the comment on `value`, so the last one leads over to it.
"""
