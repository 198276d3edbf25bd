-- The catalog as Dixit made it when a quotation told its kind, speaker, cue and via, and no more: version 2.
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
    address TEXT,
    version INTEGER DEFAULT '1' NOT NULL,
    added_at DATETIME,
    updated_at DATETIME,
    fingerprint BLOB,
    story VARCHAR,
    PRIMARY KEY (id)
);
CREATE INDEX ix_articles_story ON articles (story);
CREATE INDEX ix_articles_origin ON articles (origin);
CREATE INDEX ix_articles_address ON articles (address);
CREATE INDEX ix_articles_key ON articles ("key");
CREATE INDEX ix_articles_revision ON articles (revision);
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
    address TEXT,
    PRIMARY KEY (rowid),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_copies_origin ON copies (origin);
CREATE INDEX ix_copies_article_id ON copies (article_id);
CREATE INDEX ix_copies_address ON copies (address);
CREATE TABLE bands (
    band BIGINT NOT NULL,
    article_id VARCHAR NOT NULL,
    PRIMARY KEY (band, article_id),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
) WITHOUT ROWID;
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
    PRIMARY KEY (rowid),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_quotations_article_id ON quotations (article_id);
CREATE INDEX ix_quotations_speaker ON quotations (speaker);
CREATE TABLE names (
    article_id VARCHAR NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (article_id, name),
    FOREIGN KEY(article_id) REFERENCES articles (id) ON DELETE CASCADE
);
CREATE INDEX ix_names_name ON names (name);
CREATE VIRTUAL TABLE passages_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE quotations_terms USING fts5(terms, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE passages_vocabulary USING fts5vocab(passages_terms, 'row');
INSERT INTO facts VALUES ('schema', '2'), ('revision', '0');
