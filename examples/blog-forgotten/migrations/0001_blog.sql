CREATE TABLE categories (id BLOB PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE types      (id BLOB PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE layouts    (id BLOB PRIMARY KEY, name TEXT NOT NULL, width INTEGER NOT NULL);

CREATE TABLE posts (
    id          BLOB PRIMARY KEY,
    category_id BLOB REFERENCES categories (id),
    type_id     BLOB REFERENCES types (id),
    title       TEXT NOT NULL,
    body        TEXT NOT NULL,
    published   BOOLEAN NOT NULL,
    created_at  TEXT NOT NULL DEFAULT (datetime('now')),
    updated_at  TEXT NOT NULL DEFAULT (datetime('now')),
    deleted_at  TEXT
);
CREATE INDEX posts_by_category ON posts (category_id);

CREATE TABLE pages (
    id         BLOB PRIMARY KEY,
    layout_id  BLOB REFERENCES layouts (id),
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    created_at TEXT NOT NULL DEFAULT (datetime('now')),
    updated_at TEXT NOT NULL DEFAULT (datetime('now'))
);

CREATE TABLE pictures (
    id         BLOB PRIMARY KEY,
    post_id    BLOB REFERENCES posts (id),
    page_id    BLOB REFERENCES pages (id),
    url        TEXT NOT NULL,
    caption    TEXT NOT NULL DEFAULT '',
    created_at TEXT NOT NULL DEFAULT (datetime('now'))
);
CREATE INDEX pictures_by_post ON pictures (post_id);
CREATE INDEX pictures_by_page ON pictures (page_id);
