-- Touches both.
UPDATE posts SET touched_at = now();
UPDATE pages SET touched_at = now();
