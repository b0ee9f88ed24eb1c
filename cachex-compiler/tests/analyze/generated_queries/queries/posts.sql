--: Post(title?)

--! all : Post
SELECT id, title FROM blog.posts;

--! rename (title?)
UPDATE
    blog.posts
SET
    title = :title
WHERE
    id = :id;

--! remove
DELETE FROM blog.posts WHERE id = :id;
