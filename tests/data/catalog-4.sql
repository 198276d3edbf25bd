-- The catalog as Dixit made it before it kept the words of whole texts: version 4.
CREATE TABLE facts (
    name VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE articles (
    id VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    lang VARCHAR NOT NULL,
    published DATE,
    source TEXT,
    author TEXT,
    url TEXT,
    origin TEXT,
    model VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    form TEXT,
    pages JSON,
    times JSON,
    address TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    added_at DATETIME,
    updated_at DATETIME,
    fingerprint BLOB,
    story VARCHAR,
    PRIMARY KEY (id)
);
CREATE INDEX ix_articles_story ON articles (story);
CREATE INDEX ix_articles_revision ON articles (revision);
CREATE INDEX ix_articles_address ON articles (address);
CREATE INDEX ix_articles_key ON articles ("key");
CREATE INDEX ix_articles_origin ON articles (origin);
CREATE TABLE people (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind VARCHAR NOT NULL,
    gender VARCHAR NOT NULL
);
CREATE INDEX ix_people_folded ON people (folded);
CREATE TABLE feedback (
    rowid INTEGER NOT NULL,
    question TEXT NOT NULL,
    articles JSON NOT NULL,
    verdict INTEGER NOT NULL,
    at DATETIME NOT NULL,
    PRIMARY KEY (rowid)
);
CREATE TABLE copies (
    rowid INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    "key" VARCHAR NOT NULL,
    title TEXT NOT NULL,
    published DATE,
    source TEXT,
    author TEXT,
    url TEXT,
    origin TEXT,
    form TEXT,
    pages JSON,
    times JSON,
    address TEXT,
    PRIMARY KEY (rowid),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_copies_origin ON copies (origin);
CREATE INDEX ix_copies_address ON copies (address);
CREATE INDEX ix_copies_article_id ON copies (article_id);
CREATE TABLE bands (
    band BIGINT NOT NULL,
    article_id VARCHAR NOT NULL,
    PRIMARY KEY (band, article_id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
)
 WITHOUT ROWID;
CREATE INDEX ix_bands_article_id ON bands (article_id);
CREATE TABLE passages (
    rowid INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (rowid),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_passages_article_id ON passages (article_id);
CREATE TABLE quotations (
    rowid INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    vector BLOB NOT NULL,
    kind VARCHAR NOT NULL,
    speaker TEXT,
    speaker_as_written TEXT,
    cue TEXT,
    via TEXT,
    hedge TEXT,
    disclaimed TEXT,
    denial_start INTEGER,
    denial_end INTEGER,
    confidence FLOAT,
    speaker_kind VARCHAR,
    alternative TEXT,
    mention_start INTEGER,
    mention_end INTEGER,
    speaker_id INTEGER,
    turn BOOLEAN,
    sure BOOLEAN,
    corrected BOOLEAN,
    read_as TEXT,
    PRIMARY KEY (rowid),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_quotations_speaker_id ON quotations (speaker_id);
CREATE INDEX ix_quotations_speaker ON quotations (speaker);
CREATE INDEX ix_quotations_article_id ON quotations (article_id);
CREATE TABLE names (
    article_id VARCHAR NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article_id, name),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_names_name ON names (name);
CREATE TABLE namings (
    id INTEGER NOT NULL,
    article_id VARCHAR NOT NULL,
    person_id INTEGER,
    name TEXT NOT NULL,
    last_word TEXT NOT NULL,
    kind VARCHAR NOT NULL,
    gender VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE,
    FOREIGN KEY(person_id) REFERENCES people (id)
);
CREATE INDEX ix_namings_article_id ON namings (article_id);
CREATE INDEX ix_namings_person_id ON namings (person_id);
CREATE INDEX ix_namings_last_word ON namings (last_word);
CREATE TABLE corrections (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    article_id VARCHAR,
    at DATETIME NOT NULL,
    kind VARCHAR NOT NULL,
    start INTEGER,
    "end" INTEGER,
    words TEXT,
    "before" TEXT,
    name TEXT,
    value TEXT,
    "offset" INTEGER,
    speaker_kind VARCHAR,
    quotation_kind VARCHAR,
    read TEXT,
    "by" TEXT NOT NULL,
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_corrections_article_id ON corrections (article_id);
CREATE TABLE readings (
    article_id VARCHAR NOT NULL,
    found TEXT NOT NULL,
    PRIMARY KEY (article_id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE TABLE person_mentions (
    rowid INTEGER NOT NULL,
    naming_id INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    PRIMARY KEY (rowid),
    FOREIGN KEY(naming_id) REFERENCES namings (id) ON DELETE CASCADE
);
CREATE INDEX ix_person_mentions_naming_id ON person_mentions (naming_id);
CREATE TABLE person_roles (
    rowid INTEGER NOT NULL,
    naming_id INTEGER NOT NULL,
    role TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (rowid),
    FOREIGN KEY(naming_id) REFERENCES namings (id) ON DELETE CASCADE
);
CREATE INDEX ix_person_roles_naming_id ON person_roles (naming_id);
CREATE INDEX ix_person_roles_folded ON person_roles (folded);
CREATE VIRTUAL TABLE passages_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quotations_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row');
INSERT INTO facts VALUES ('schema', '4'), ('revision', '0');
