-- Every other list compares texts byte by byte. utf8mb4_bin pads with spaces, so that "prod" and "prod " were one row here; the collations
-- that do not have another name on MariaDB than on MySQL. Bytes are the same on both. The text in them is UTF-8, as it was.

ALTER TABLE facets
  MODIFY project VARBINARY(1020) NOT NULL,
  MODIFY value VARBINARY(1020) NOT NULL;
